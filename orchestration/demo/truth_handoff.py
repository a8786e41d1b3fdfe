"""How fast people were answered, whether in time, and what sales decided about those handed over."""

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from orchestration.demo.company import AS_OF_END, DEMO_AS_OF
from orchestration.demo.prospects import Person
from orchestration.demo.truth_curves import CONVERTED, WAITING, Wait, curve, time_reached
from orchestration.demo.truth_funnel import Cycle, cycles, first_entries, reached
from orchestration.demo.truth_values import TruthValue, at_periods, counts, ratios
from orchestration.demo.working_hours import after_open_minutes, open_minutes

SLA_MINUTES = 60
TIME_TO_DECIDE = dt.timedelta(days=14)
SHARES = {"median": Fraction(1, 2), "p90": Fraction(9, 10)}
DISPOSITIONS = ("accepted", "rejected", "recycled", "pending")
ACCEPTANCES = ("sal", "sql", "opportunity", "won", "lost")


@dataclass(frozen=True, slots=True)
class Clock:
    """Somebody who waits for an answer, since when, until when, and whether they had been in touch before."""

    started_at: dt.datetime
    answered_at: dt.datetime | None
    until: dt.datetime
    is_pre_contacted: bool


def clock(
    person: Person, started_at: dt.datetime, since: dt.datetime, after: dt.datetime, before: dt.datetime | None
) -> Clock:
    """The clock of a person for the answers between two moments; what came earlier than since was in touch before."""
    end = before or AS_OF_END
    found = [answer.at for answer in person.answers if answer.is_answer and after < answer.at < end]
    answered_at = min(found, default=None)
    return Clock(started_at, answered_at, answered_at or end, any(at < since for at in found))


def lead_clock(person: Person, handed_over: Sequence[Cycle]) -> Clock:
    """From the first record until the second hand-over."""
    started_at = reached(first_entries(person))["lead"]
    second = handed_over[1].opened_at if len(handed_over) > 1 else None
    return clock(person, started_at, max(started_at, min(person.records_at)), dt.datetime.min, second)


def cycle_clocks(person: Person, handed_over: Sequence[Cycle]) -> Iterator[Clock]:
    """From each hand-over until the next."""
    for number, cycle in enumerate(handed_over):
        closed_before = handed_over[number - 1].closed_at if number else None
        opened_next = handed_over[number + 1].opened_at if number + 1 < len(handed_over) else None
        yield clock(person, cycle.opened_at, cycle.opened_at, closed_before or dt.datetime.min, opened_next)


def handoff_truth(people: Sequence[Person]) -> Iterator[TruthValue]:
    """Speed-to-lead, SLA attainment and dispositions."""
    journeys = [(person, cycles(person)) for person in people]
    of_cycles = [list(cycle_clocks(person, handed_over)) for person, handed_over in journeys]
    waiting = [lead_clock(person, handed_over) for person, handed_over in journeys]
    waiting += [again for clocks in of_cycles for again in clocks[1:]]
    yield from speed_truth([clock for clock in waiting if not clock.is_pre_contacted])
    yield from sla_truth([clock for clocks in of_cycles for clock in clocks if not clock.is_pre_contacted])
    yield from disposition_truth([cycle for _, handed_over in journeys for cycle in handed_over])


def speed_truth(clocks: list[Clock]) -> Iterator[TruthValue]:
    """Minutes within which half and nine of ten were answered, by the clock and in working hours."""
    for basis in ("elapsed", "business"):
        waits = [(clock.started_at.date(), wait(clock, basis)) for clock in clocks]
        for name, share in SHARES.items():

            def minutes(found: list[Wait], share: Fraction = share) -> int | None:
                return time_reached(curve(found), share)

            yield from at_periods("speed_to_lead", f"{basis}_{name}", waits, minutes)


def wait(clock: Clock, basis: str) -> Wait:
    """Whole minutes: an answer within the n-th takes n, one that never came lets those that are over pass."""
    elapsed = (clock.until - clock.started_at).total_seconds() / 60
    minutes = elapsed if basis == "elapsed" else open_minutes(clock.started_at, clock.until)
    whole = math.ceil(minutes) if clock.answered_at else math.floor(minutes)
    return Wait(whole, CONVERTED if clock.answered_at else WAITING, whole)


def sla_truth(clocks: list[Clock]) -> Iterator[TruthValue]:
    """Answered when due, of those that are due; an answer in time counts at once."""
    due = [(clock, after_open_minutes(clock.started_at, SLA_MINUTES)) for clock in clocks]
    met = [clock for clock, at in due if clock.answered_at and clock.answered_at <= at]
    breached = [clock for clock, at in due if at < AS_OF_END and not (clock.answered_at and clock.answered_at <= at)]
    kept, judged = (counts(clock.started_at.date() for clock in group) for group in (met, met + breached))
    yield from ratios("sla_attainment", "", kept, judged)


def disposition(cycle: Cycle) -> tuple[str, str]:
    """What sales decided first, and why; a stage from SAL on is an acceptance, even if the deal is lost."""
    for event in cycle.events:
        if event.stage in ACCEPTANCES:
            return "accepted", ""
        if event.stage == "recycled":
            return "recycled", event.reason
        if event.stage in ("rejected", "disqualified"):
            return "rejected", event.reason
    return "pending", ""


def disposition_truth(handed_over: list[Cycle]) -> Iterator[TruthValue]:
    """Shares of the cycles that sales has had time to decide."""
    ripe = [cycle for cycle in handed_over if cycle.opened_at.date() + TIME_TO_DECIDE <= DEMO_AS_OF]
    decided = [(cycle.opened_at.date(), *disposition(cycle)) for cycle in ripe]
    everybody = counts(day for day, _, _ in decided)
    for name in DISPOSITIONS:
        found = counts(day for day, what, _ in decided if what == name)
        yield from ratios("lead_disposition", name, found, everybody)
    rejected = counts(day for day, what, _ in decided if what == "rejected")
    explained = counts(day for day, what, why in decided if what == "rejected" and why)
    yield from ratios("lead_disposition", "rejected_with_reason", explained, rejected)
