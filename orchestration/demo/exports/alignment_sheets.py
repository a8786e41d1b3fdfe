"""The sheets that both teams keep: answers noted in the sales log, promises, targets and what meetings decided."""

from collections.abc import Iterable

from orchestration.demo.company import Company
from orchestration.demo.exports.colleagues import user_id
from orchestration.demo.exports.files import ExportFile
from orchestration.demo.exports.templates import Rows, instant, log_id, sheet
from orchestration.demo.promises import last_day
from orchestration.demo.team import SHOP_DESK, seller


def alignment_files(company: Company) -> Iterable[ExportFile]:
    """Four files."""
    yield sheet("sales log answers.csv", ("person_id", "responded_at", "type", "owner"), response_rows(company))
    yield sheet("commitments.csv", ("commitment", "owner_team", "due", "kept", "note"), promise_rows(company))
    yield sheet("targets.csv", ("kpi", "period_start", "period_end", "target", "channel"), target_rows(company))
    yield sheet("decisions.csv", DECISIONS, decision_rows(company))


def response_rows(company: Company) -> Rows:
    """Answers that only the sales log knows."""
    for person in company.people:
        for answer in person.answers:
            if answer.system == "log":
                yield (log_id(person), instant(answer.at), answer.kind, user_id(seller(person.number)))


def promise_rows(company: Company) -> Rows:
    """What was promised; an empty cell where nobody said whether it was kept."""
    for promise in company.promises:
        kept = {True: "true", False: "false", None: ""}[promise.is_kept]
        yield (promise.commitment, promise.owner_team, promise.due_on.isoformat(), kept, promise.note)


def target_rows(company: Company) -> Rows:
    """The plan of each month."""
    for target in company.targets:
        yield (
            target.kpi,
            target.month.isoformat(),
            last_day(target.month).isoformat(),
            str(target.value),
            target.channel or "",
        )


DECISIONS = ("decision_id", "decision", "owner_team", "owner", "decided", "due", "closed", "note")


def decision_rows(company: Company) -> Rows:
    """What was decided; the sheet knows sellers by their id and marketing by name."""
    for one in company.decisions:
        days = (one.decided_on, one.due_on, one.closed_on)
        yield (
            f"D-{one.number:03}",
            one.decision,
            one.owner_team,
            user_id(seller(one.number)) if one.owner_team == "sales" else SHOP_DESK.name,
            *("" if day is None else day.isoformat() for day in days),
            one.note,
        )
