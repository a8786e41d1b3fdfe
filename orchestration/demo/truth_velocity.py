"""How long people take from stage to stage, and how many will have converted by a day."""

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from orchestration.demo.company import AS_OF_END
from orchestration.demo.prospects import Person
from orchestration.demo.truth_curves import CONVERTED, LEFT, WAITING, Wait, curve, known_incidence, time_reached
from orchestration.demo.truth_funnel import HAND_OVER, PAIRS, cycles, first_entries, reached
from orchestration.demo.truth_values import EIGHT_PLACES, TruthValue, at_periods, gathered, values

ONE_DAY = dt.timedelta(days=1)
DAYS = (30, 60, 90)
WINDOW = 90
ENOUGH = 8
Dated = list[tuple[dt.date, Wait]]


def wait(entered_at: dt.datetime, converted_at: dt.datetime | None, left_at: dt.datetime | None = None) -> Wait:
    """Days of waiting: the n-th ends after exactly n times 24 hours, and one that is not over yet says nothing."""
    followed = (AS_OF_END - entered_at) // ONE_DAY
    for end, outcome in ((converted_at, CONVERTED), (left_at, LEFT)):
        if end is not None:
            day = math.ceil((end - entered_at) / ONE_DAY)
            if day <= followed:
                return Wait(day, outcome, followed)
    return Wait(followed, WAITING, followed)


def person_waits(people: Sequence[Person], pair: tuple[str, str]) -> Dated:
    """Whoever was recycled may come back: as a person nobody leaves."""
    journeys = [reached(first_entries(person)) for person in people]
    start, end = pair
    return [(journey[start].date(), wait(journey[start], journey.get(end))) for journey in journeys if start in journey]


def cycle_waits(people: Sequence[Person]) -> Dated:
    """A hand-off ends with its SQL, or is closed without one."""
    found = []
    for cycle in (cycle for person in people for cycle in cycles(person)):
        qualified_at = cycle.reached.get("sql")
        left_at = None if qualified_at else cycle.closed_at
        found.append((cycle.opened_at.date(), wait(cycle.opened_at, qualified_at, left_at)))
    return found


def velocity_truth(people: Sequence[Person]) -> Iterator[TruthValue]:
    """Cumulative incidence of the hand-over, and the medians of every step."""
    hand_over = cycle_waits(people)
    yield from incidence_truth("day_", hand_over)
    yield from incidence_truth("person_day_", person_waits(people, HAND_OVER))
    for pair in PAIRS:
        yield from median_truth(">".join(pair), hand_over if pair == HAND_OVER else person_waits(people, pair))


def incidence_truth(prefix: str, waits: Dated) -> Iterator[TruthValue]:
    """The share that has converted by a day, as that share of the cohort."""
    by_period = gathered(waits)
    curves = {period: curve(found) for period, found in by_period.items()}
    for day in DAYS:

        def parts(period: tuple[str, dt.date | None], day: int = day) -> tuple[Decimal | None, Decimal | None]:
            found = by_period.get(period, [])
            share = known_incidence(found, curves[period], day) if found else None
            return (None, None) if share is None else (rounded(share) * len(found), Decimal(len(found)))

        yield from values("cif_conversion", f"{prefix}{day}", parts)


def median_truth(pair: str, waits: Dated) -> Iterator[TruthValue]:
    """The day by which half have converted: of those who do so within the window, of all, of those who did so far."""
    for variant, median in (("", half_of_window), ("p50_all", half_of_all), ("observed", half_of_converted)):
        yield from at_periods("velocity_days", variant, waits, median, "stage_pair", pair)


def half_of_window(waits: list[Wait]) -> int | None:
    """Half of what the cohort comes to within the window."""
    steps = curve(waits)
    within = sum(wait.outcome == CONVERTED and wait.elapsed <= WINDOW for wait in waits)
    share = known_incidence(waits, steps, WINDOW)
    return time_reached(steps, share / 2) if share and within >= ENOUGH else None


def half_of_all(waits: list[Wait]) -> int | None:
    """Half of everybody."""
    is_enough = sum(wait.outcome == CONVERTED for wait in waits) >= ENOUGH
    return time_reached(curve(waits), Fraction(1, 2)) if is_enough else None


def half_of_converted(waits: list[Wait]) -> int | None:
    """Half of those who have converted so far."""
    days = sorted(wait.elapsed for wait in waits if wait.outcome == CONVERTED)
    return days[(len(days) - 1) // 2] if len(days) >= ENOUGH else None


def rounded(share: Fraction) -> Decimal:
    """To eight decimals."""
    return (Decimal(share.numerator) / Decimal(share.denominator)).quantize(EIGHT_PLACES, ROUND_HALF_UP)
