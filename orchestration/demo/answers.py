"""Who was answered, when and how: by sales, by the shop's desk, by a machine or by nobody."""

import datetime as dt
import random

from orchestration.demo.company import LAST_INSTANT
from orchestration.demo.offices import ERASED
from orchestration.demo.prospects import Answer, Person
from orchestration.demo.working_hours import after_open_minutes

HAND_RAISERS = 0.35


def answer_everybody(rng: random.Random, offices: list[Person], home: list[Person]) -> None:
    """Give every person whom a system knows the answers that they got."""
    for people, answers_of in ((offices, office_answers), (home, home_answers)):
        for person in people:
            if person.records_at:
                # Two of one minute are one.
                found = {answer for answer in answers_of(rng, person) if answer.at <= LAST_INSTANT}
                person.answers = sorted(found, key=lambda answer: (answer.at, answer.kind, answer.system))


def home_answers(rng: random.Random, person: Person) -> list[Answer]:
    """The shop's desk writes to most who sign up; some write first."""
    assert person.hubspot_at is not None
    found = []
    if rng.random() < 0.05:
        found.append(Answer(person.hubspot_at + dt.timedelta(minutes=3), "inbound", "hubspot"))
    if rng.random() < 0.9:
        found.append(answer(rng, person.hubspot_at, quick=0.8, system="hubspot"))
    return found


def office_answers(rng: random.Random, person: Person) -> list[Answer]:
    """Some are answered when they ask, most when marketing has handed them over, some never."""
    asked_at = min(person.records_at)
    found = list(machine_answers(person))
    is_handed_over = any(entry.stage in ("mql", "sal", "sql") for entry in person.entries)
    if rng.random() < (HAND_RAISERS if is_handed_over else 0.9):
        found.append(answer(rng, asked_at, 0.7, first_system(person)))
    for entry in person.entries:
        if entry.stage == "mql" and rng.random() < 0.93:
            told = answer(rng, entry.at, 0.72, system_of(rng, person, entry.at))
            found.append(told)
            if rng.random() < 0.3:
                found.append(answer(rng, told.at, 0, told.system))
        if entry.stage == "sal" and entry.system == "log" and rng.random() < 0.25:
            found.append(Answer(entry.at, "meeting", "log"))
    return found


def first_system(person: Person) -> str:
    """Where an early answer is noted; who was forgotten is in the sales log only, colleagues in Salesforce."""
    if person.fate == ERASED:
        return "log"
    return "hubspot" if person.hubspot_at is not None else "salesforce"


def machine_answers(person: Person) -> list[Answer]:
    """Receipts and plans: none of them is an answer."""
    found = []
    if person.lead_at is not None:
        found.append(Answer(person.lead_at + dt.timedelta(minutes=1), "auto_reply", "salesforce"))
        if person.number % 5 == 0:
            found.append(Answer(person.lead_at + dt.timedelta(minutes=2), "planned", "salesforce"))
        if person.number % 7 == 0:
            found.append(Answer(person.lead_at + dt.timedelta(minutes=9), "inbound", "salesforce"))
    elif person.log_at is not None:
        found.append(Answer(person.log_at + dt.timedelta(minutes=1), "auto_reply", "log"))
    if person.hubspot_at is not None and person.number % 9 == 0:
        found.append(Answer(person.hubspot_at + dt.timedelta(minutes=2), "note", "hubspot"))
    return found


def answer(rng: random.Random, since: dt.datetime, quick: float, system: str) -> Answer:
    """A call or an e-mail in working hours, within the hour or within two days."""
    minutes = rng.randrange(6, 56) if rng.random() < quick else rng.randrange(61, 900)
    return Answer(after_open_minutes(since, minutes), "call" if rng.random() < 0.45 else "email", system)


def system_of(rng: random.Random, person: Person, at: dt.datetime) -> str:
    """Where sales notes an answer: the lead once there is one; a fifth of those in the sales log only there."""
    if person.log_at is not None and (person.hubspot_at is None or rng.random() < 0.2):
        return "log"
    return "salesforce" if person.lead_at is not None and person.lead_at <= at + dt.timedelta(minutes=5) else "hubspot"
