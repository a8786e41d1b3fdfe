"""What the weekly meeting of marketing and sales decided, and when it was done."""

import datetime as dt
import random
from collections.abc import Iterable
from dataclasses import dataclass

# What may be decided, who sees to it, and within how many weeks; None where no day is agreed.
AGENDA: tuple[tuple[str, str, int | None], ...] = (
    ("Pause the campaign with the highest CAC for two weeks", "marketing", 1),
    ("Write a landing page for fitting-out firms", "marketing", 4),
    ("Bring the list of lost deals to the next review", "sales", 1),
    ("Call back every lead of the trade fair", "sales", 2),
    ("Agree on one meaning of source for referrals", "marketing", 3),
    ("Correct the amounts that differ between the CRMs", "sales", 2),
    ("Test a shorter enquiry form", "marketing", 6),
    ("Give rejected leads a reason in the CRM", "sales", 2),
    ("Move a tenth of the search budget to the newsletter", "marketing", 4),
    ("Ask the ten largest customers for a referral", "sales", None),
    ("Count the hours of sales in the cost sheet", "sales", 3),
    ("Stop the podcast that brought nobody", "marketing", 2),
    ("Tag every campaign with its purpose", "marketing", 4),
    ("Answer enquiries before noon on the same day", "sales", 1),
    ("Show prices of care plans on the website", "marketing", 6),
    ("Visit the three offices that asked twice", "sales", 3),
    ("Raise the price of the smallest lamp", "sales", None),
    ("Try short films in place of pictures", "marketing", 5),
    ("Agree on who may discard a lead", "sales", 2),
    ("Ask lost customers for their reason", "sales", 4),
    ("Book next spring's fair before the autumn", "marketing", None),
)
DECIDED, DONE_IN_TIME, DONE = 0.75, 0.7, 0.92


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision; due_on is None where no day was agreed, closed_on while it is open."""

    number: int
    decision: str
    owner_team: str
    decided_on: dt.date
    due_on: dt.date | None
    closed_on: dt.date | None
    note: str = ""


def decisions(rng: random.Random, days: Iterable[dt.date], as_of: dt.date) -> list[Decision]:
    """Something is decided on about three of four Mondays; most is done in time, some late, a little never."""
    found: list[Decision] = []
    for day in days:
        if day.weekday() or rng.random() >= DECIDED:
            continue
        text, team, weeks = AGENDA[len(found) % len(AGENDA)]
        due_on = None if weeks is None else day + dt.timedelta(weeks=weeks)
        fate = rng.random()
        late = rng.randrange(3, 20) if fate >= DONE_IN_TIME else -rng.randrange(4)
        done_on = (due_on or day + dt.timedelta(weeks=3)) + dt.timedelta(days=late)
        closed_on = done_on if fate < DONE and done_on <= as_of else None
        note = "took longer than we thought" if closed_on and due_on and closed_on > due_on else ""
        found.append(Decision(len(found) + 1, text, team, day, due_on, closed_on, note))
    return found
