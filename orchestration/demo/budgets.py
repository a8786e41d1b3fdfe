"""What Lumen & Oak planned to spend: lines with their versions, and the days of the lumpy ones."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

FIRST_PLAN, REPLANNED = dt.date(2024, 12, 31), dt.date(2025, 6, 27)
SECOND_PLAN, THIRD_PLAN = dt.date(2025, 12, 19), dt.date(2026, 6, 25)
YEARS = ((2025, FIRST_PLAN), (2026, SECOND_PLAN))


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """A line of the budget; amount in cents of its currency, even over its days unless it has planned ones."""

    name: str
    start: dt.date
    end: dt.date
    amount: int
    version: str
    approved_on: dt.date
    channel: str = ""
    pool: str = ""
    purpose: str = ""
    currency: str = "USD"
    planned: tuple[tuple[dt.date, int], ...] = ()


def budget_lines(scale: int) -> list[BudgetLine]:
    """Search by quarter, the rest by year; the second half of 2025 was planned again in June."""
    return [line for year, approved in YEARS for line in year_lines(year, approved, scale)] + [
        *search_again(scale),
        BudgetLine("Trade press", dt.date(2026, 7, 1), dt.date(2026, 12, 31), 900_000 * scale, "plan", THIRD_PLAN,
                   channel="sponsorship"),
    ]  # fmt: skip


def year_lines(year: int, approved: dt.date, scale: int) -> Iterator[BudgetLine]:
    """The plan of a year."""
    growth = 100 + 15 * (year - 2025)

    def line(
        name: str,
        amount: int,
        channel: str = "",
        pool: str = "",
        purpose: str = "",
        currency: str = "USD",
        period: tuple[dt.date, dt.date] = (dt.date(year, 1, 1), dt.date(year, 12, 31)),
    ) -> BudgetLine:
        amount = amount * scale * growth // 100
        return BudgetLine(name, *period, amount, "plan", approved, channel, pool, purpose, currency)

    for quarter, amount in zip(quarters(year), (1_050_000, 950_000, 1_000_000, 1_550_000), strict=True):
        yield line("Search", amount, "paid_search", period=quarter)
    yield line("Social", 2_400_000, "paid_social", currency="EUR")
    yield line("Brand on social", 300_000, "paid_social", purpose="brand", currency="EUR")
    yield line("Team", 6_600_000, pool="salaries")
    yield line("Tools", 1_000_000, pool="tools")
    yield line("Agency", 900_000, pool="agency", currency="EUR")
    yield scheduled("Sponsorships", year, approved, 19_000 * scale * growth // 100, "sponsorship", "", "USD")
    yield scheduled("Office fairs", year, approved, 350_000 * scale, "", "events", "EUR")


def scheduled(
    name: str, year: int, approved: dt.date, amount: int, channel: str, pool: str, currency: str
) -> BudgetLine:
    """A line that is planned day by day: a placement every other Tuesday, or the two fairs."""
    first = dt.date(year, 1, 1)
    days = (first + dt.timedelta(days=number) for number in range((dt.date(year, 12, 31) - first).days + 1))
    if pool == "events":
        planned = tuple((dt.date(year, month, 1), amount) for month in (3, 10))
    else:
        planned = tuple((day, amount) for day in days if day.weekday() == 1 and day.isocalendar().week % 2)
    return BudgetLine(
        name, first, dt.date(year, 12, 31), amount * len(planned), "plan", approved, channel, pool,
        currency=currency, planned=planned,
    )  # fmt: skip


def search_again(scale: int) -> Iterator[BudgetLine]:
    """The second half of 2025 as it was planned anew after a good first one."""
    for (start, end), amount in zip(quarters(2025)[2:], (1_150_000, 1_700_000), strict=True):
        yield BudgetLine("Search", start, end, amount * scale, "second plan", REPLANNED, channel="paid_search")


def quarters(year: int) -> list[tuple[dt.date, dt.date]]:
    """First and last days of a year's quarters."""
    starts = [*(dt.date(year, month, 1) for month in (1, 4, 7, 10)), dt.date(year + 1, 1, 1)]
    return [(start, after - dt.timedelta(days=1)) for start, after in pairwise(starts)]
