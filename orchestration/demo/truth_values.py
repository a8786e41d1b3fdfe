"""How the truth is told: sums by period, as numerator over denominator."""

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeVar

from orchestration.demo.company import DEMO_AS_OF, DEMO_START

ZERO, ONE = Decimal(0), Decimal(1)
EIGHT_PLACES = Decimal("0.00000001")
GRAINS = ("month", "quarter", "all")

T = TypeVar("T")
Period = tuple[str, dt.date | None]
Sums = dict[Period, Decimal]


@dataclass(frozen=True, slots=True)
class TruthValue:
    """One row that kpi_values must hold."""

    kpi: str
    variant: str
    grain: str
    period: dt.date | None
    dimension: str
    member: str
    value: Decimal | None
    numerator: Decimal | None
    denominator: Decimal | None


def periods_of(day: dt.date) -> tuple[Period, ...]:
    """The month, the quarter and all time that a day belongs to."""
    month = day.replace(day=1)
    return ("month", month), ("quarter", month.replace(month=day.month - (day.month - 1) % 3)), ("all", None)


def every_period() -> list[Period]:
    """Every month, every quarter and all time of the demo."""
    days = (DEMO_START + dt.timedelta(days=number) for number in range((DEMO_AS_OF - DEMO_START).days + 1))
    found = {period: None for day in days if day.day == 1 for period in periods_of(day)}
    return sorted(found, key=lambda period: (GRAINS.index(period[0]), period[1] or dt.date.min))


def sums(amounts: Iterable[tuple[dt.date, Decimal | int]]) -> Sums:
    """Dated amounts added up by every period that holds them."""
    result: Sums = defaultdict(lambda: ZERO)
    for day, amount in amounts:
        for period in periods_of(day):
            result[period] += amount
    return result


def counts(days: Iterable[dt.date]) -> Sums:
    """How many of the days fall into each period."""
    return sums((day, 1) for day in days)


def gathered(dated: Iterable[tuple[dt.date, T]]) -> dict[Period, list[T]]:
    """What has a day, by every period that holds it."""
    result: dict[Period, list[T]] = defaultdict(list)
    for day, thing in dated:
        for period in periods_of(day):
            result[period].append(thing)
    return result


def grouped(rows: Iterable[tuple[str, dt.date, Decimal | int]]) -> dict[str, Sums]:
    """Sums by member."""
    members: dict[str, list[tuple[dt.date, Decimal | int]]] = defaultdict(list)
    for member, day, amount in rows:
        members[member].append((day, amount))
    return {member: sums(amounts) for member, amounts in sorted(members.items())}


def quotient(numerator: Decimal | None, denominator: Decimal | None) -> Decimal | None:
    """A ratio to eight decimals; None where the denominator is zero or unknown."""
    if numerator is None or not denominator:
        return None
    return (numerator / denominator).quantize(EIGHT_PLACES, ROUND_HALF_UP)


def ceiling(number: Decimal) -> Decimal:
    """The next whole number."""
    return Decimal(math.ceil(number))


def ratios(
    kpi: str, variant: str, numerators: Sums, denominators: Sums, dimension: str = "", member: str = ""
) -> Iterator[TruthValue]:
    """A ratio of sums in every period."""
    yield from values(
        kpi, variant, lambda period: (numerators.get(period, ZERO), denominators.get(period, ZERO)), dimension, member
    )


def totals(kpi: str, variant: str, numerators: Sums) -> Iterator[TruthValue]:
    """A sum in every period, zero where nothing happened."""
    yield from values(kpi, variant, lambda period: (numerators.get(period, ZERO), ONE))


def members(kpi: str, variant: str, dimension: str, by_member: dict[str, Sums]) -> Iterator[TruthValue]:
    """A sum by member, in the periods in which there is something."""
    for member, numerators in by_member.items():
        for (grain, period), amount in numerators.items():
            if amount:
                yield TruthValue(kpi, variant, grain, period, dimension, member, quotient(amount, ONE), amount, ONE)


def shares(
    kpi: str, variant: str, dimension: str, numerators: dict[str, Sums], denominators: dict[str, Sums]
) -> Iterator[TruthValue]:
    """A ratio of sums by member, in the periods in which there is a denominator."""
    for member, bottoms in denominators.items():
        for (grain, period), bottom in bottoms.items():
            if bottom:
                top = numerators.get(member, {}).get((grain, period), ZERO)
                yield TruthValue(kpi, variant, grain, period, dimension, member, quotient(top, bottom), top, bottom)


def values(
    kpi: str,
    variant: str,
    parts: Callable[[Period], tuple[Decimal | None, Decimal | None]],
    dimension: str = "",
    member: str = "",
) -> Iterator[TruthValue]:
    """One value a period, from what its numerator and denominator are in that period."""
    for grain, period in every_period():
        numerator, denominator = parts((grain, period))
        value = quotient(numerator, denominator)
        yield TruthValue(kpi, variant, grain, period, dimension, member, value, numerator, denominator)


def at_periods(
    kpi: str,
    variant: str,
    dated: Iterable[tuple[dt.date, T]],
    figure: Callable[[list[T]], Decimal | int | None],
    dimension: str = "",
    member: str = "",
) -> Iterator[TruthValue]:
    """A figure of all that belongs to a period; None where there is no such figure."""
    by_period = gathered(dated)

    def parts(period: Period) -> tuple[Decimal | None, Decimal | None]:
        found = figure(by_period.get(period, []))
        return (None, None) if found is None else (Decimal(found), ONE)

    yield from values(kpi, variant, parts, dimension, member)
