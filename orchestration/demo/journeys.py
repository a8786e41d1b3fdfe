"""How an office's person goes down the funnel, with every detour that CRMs record."""

import datetime as dt
import random
from dataclasses import dataclass, field

from orchestration.demo.company import LAST_INSTANT
from orchestration.demo.prospects import StageEntry

RECYCLE_REASONS = ("no budget this quarter", "moving offices later", "wrong person for now")
REJECT_REASONS = ("student", "competitor", "outside our countries")


@dataclass(slots=True)
class Journey:
    """What happened to a person, and the deal that came of it."""

    entries: list[StageEntry] = field(default_factory=list)
    deal_at: dt.datetime | None = None
    closed_on: dt.date | None = None
    outcome: str = "open"

    def enter(self, stage: str, at: dt.datetime, system: str, reason: str = "") -> None:
        """Note a stage, unless it lies in the future."""
        if at <= LAST_INSTANT:
            self.entries.append(StageEntry(stage, at, system, reason))


def office_journey(rng: random.Random, created_at: dt.datetime) -> Journey:
    """From the first question to a deal, a rejection, a second chance or silence."""
    journey = Journey()
    if rng.random() > 0.52:
        return journey
    mql_at = later(rng, created_at, 0, 24)
    end = rng.random()
    if end < 0.14:
        reject(rng, journey, mql_at)
    elif end < 0.34:
        recycle(rng, journey, mql_at)
    elif end < 0.52:
        journey.enter("mql", mql_at, "hubspot")
        if rng.random() < 0.5:
            journey.enter("sal", later(rng, mql_at, 1, 6), "log")
    else:
        sell(rng, journey, mql_at, "hubspot")
    return journey


def reject(rng: random.Random, journey: Journey, mql_at: dt.datetime) -> None:
    """Sales sends the lead back for good."""
    journey.enter("mql", mql_at, "hubspot")
    journey.enter("rejected", later(rng, mql_at, 1, 12), "log", rng.choice(REJECT_REASONS))


def recycle(rng: random.Random, journey: Journey, mql_at: dt.datetime) -> None:
    """Sales parks the lead; most come back as an MQL months later, and some then buy."""
    journey.enter("mql", mql_at, "hubspot")
    accepted_at = later(rng, mql_at, 1, 4)
    if accepted_at.minute % 3:
        # The others are parked unread.
        journey.enter("sal", accepted_at, "log")
    recycled_at = later(rng, accepted_at, 3, 25)
    journey.enter("recycled", recycled_at, "log", rng.choice(RECYCLE_REASONS))
    if rng.random() < 0.7:
        back_at = later(rng, recycled_at, 20, 100)
        if rng.random() < 0.55:
            sell(rng, journey, back_at, "log")
        else:
            journey.enter("mql", back_at, "log")


def sell(rng: random.Random, journey: Journey, mql_at: dt.datetime, system: str) -> None:
    """Accepted, qualified, quoted, and closed one way or the other; stamps get lost or late on the way."""
    sal_at = later(rng, mql_at, 1, 5)
    sql_at = later(rng, sal_at, 1, 28 if rng.random() < 0.85 else 100)
    journey.deal_at = later(rng, sql_at, 1, 6)
    slip = rng.random()
    if slip < 0.04 and system == "hubspot":
        journey.enter("mql", sql_at + dt.timedelta(hours=3), "hubspot")
    elif slip > 0.1 or system == "log":
        journey.enter("mql", mql_at, system)
    if rng.random() < 0.85:
        journey.enter("sal", sal_at, "log")
    if rng.random() < 0.88:
        journey.enter("sql", sql_at, "hubspot")
    journey.enter("opportunity", journey.deal_at, "salesforce")
    close(rng, journey)


def close(rng: random.Random, journey: Journey) -> None:
    """The deal's end, if it has come: days to months after the quote."""
    assert journey.deal_at is not None
    days = rng.randrange(4, 45) if rng.random() < 0.75 else rng.randrange(45, 95)
    journey.closed_on = journey.deal_at.date() + dt.timedelta(days=days)
    won = rng.random() < 0.52
    if journey.closed_on <= LAST_INSTANT.date() and journey.deal_at <= LAST_INSTANT:
        journey.outcome = "won" if won else "lost"
        midnight = dt.datetime(journey.closed_on.year, journey.closed_on.month, journey.closed_on.day)
        journey.enter(journey.outcome, midnight, "salesforce")


def later(rng: random.Random, start: dt.datetime, first: int, last: int) -> dt.datetime:
    """A working minute some days after; never on the same day when first is at least one."""
    day = start.date() + dt.timedelta(days=rng.randint(first, last))
    if day == start.date():
        return start + dt.timedelta(minutes=rng.randrange(2, 90))
    return dt.datetime(day.year, day.month, day.day, rng.randrange(8, 19), rng.randrange(60))
