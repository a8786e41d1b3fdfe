"""Tasks of Salesforce: calls and e-mails that sales logged, what it plans, and lists that a machine wrote to."""

from collections.abc import Iterable

from orchestration.demo.exports.colleagues import user_id
from orchestration.demo.exports.salesforce_ids import salesforce_id
from orchestration.demo.exports.salesforce_people import Cells, audit
from orchestration.demo.prospects import Answer, Person
from orchestration.demo.team import seller

# kind: subtype, subject, direction of a call
FORMS = {
    "call": ("Call", "Call", "Outbound"),
    "inbound": ("Call", "Call back", "Inbound"),
    "email": ("Email", "Email: your question", ""),
    "auto_reply": ("ListEmail", "List Email: We have your request", ""),
    "planned": ("Task", "Call", ""),
}


def task_rows(people: list[Person]) -> Iterable[Cells]:
    """Every task; a task of a converted lead hangs on the contact."""
    number = 0
    for person in people:
        for answer in person.answers:
            if answer.system == "salesforce":
                number += 1
                yield task_cells(person, number, answer)


def task_cells(person: Person, number: int, answer: Answer) -> Cells:
    """A task, logged when it was done."""
    subtype, subject, direction = FORMS[answer.kind]
    is_done = answer.kind != "planned"
    is_contact = person.converted_at is not None or person.contact_at is not None
    # The conversion moves it from the lead to the contact.
    changed_at = max(answer.at, person.converted_at or answer.at)
    return audit(answer.at, changed_at, user_id(seller(person.number))) | {
        "Id": salesforce_id("00T", number),
        "WhoId": salesforce_id("003", person.number) if is_contact else salesforce_id("00Q", 2 * person.number),
        "Subject": subject,
        "ActivityDate": answer.at.date().isoformat(),
        "Status": "Completed" if is_done else "Not Started",
        "Priority": "Normal",
        "IsClosed": "1" if is_done else "",
        "CallType": direction,
        "TaskSubtype": subtype,
    }
