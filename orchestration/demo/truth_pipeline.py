"""Pipeline created, open, won and lost, how long deals take, and the bridge from one month's stock to the next."""

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal
from statistics import median

from orchestration.demo.company import DEMO_AS_OF, Company
from orchestration.demo.promises import last_day
from orchestration.demo.truth_deals import Move, Opportunity, moves, new_deals
from orchestration.demo.truth_values import (
    EIGHT_PLACES,
    ONE,
    ZERO,
    Period,
    TruthValue,
    at_periods,
    counts,
    quotient,
    ratios,
    sums,
    totals,
    values,
)

CHANGES = ("created", "reopened", "amount_changes", "won", "lost", "deleted")
INFLUENCE = dt.timedelta(days=90)
YEAR = dt.timedelta(days=365)
ENOUGH = 5
SECONDS_A_DAY = 86400


def pipeline_truth(company: Company) -> Iterator[TruthValue]:
    """Everything about deals."""
    deals, moved = new_deals(company), moves(company)
    yield from created_truth(deals)
    yield from closed_truth(deals)
    yield from bridge_truth(moved)
    yield from velocity_of_deals(deals, moved)


def created_truth(deals: list[Opportunity]) -> Iterator[TruthValue]:
    """By the day of creation: how many, at which amount then and now, and which of them marketing touched."""
    at_creation = [(deal.created_on, deal.amount_at_creation) for deal in deals]
    influenced = [(deal.created_on, deal.amount_at_creation) for deal in deals if is_influenced(deal)]
    created = counts(deal.created_on for deal in deals)
    won = counts(deal.created_on for deal in deals if deal.status == "won")
    yield from totals("opportunities", "", created)
    yield from totals("pipeline_created", "", sums(at_creation))
    yield from totals("pipeline_created", "current_amount", sums((deal.created_on, deal.amount) for deal in deals))
    yield from totals("pipeline_sourced", "", sums(at_creation))
    yield from totals("pipeline_influenced", "", sums(influenced))
    yield from ratios("win_rate", "created_cohort", won, created)


def is_influenced(deal: Opportunity) -> bool:
    """A campaign answered from ninety days before the deal until its end."""
    if deal.person is None:
        return False
    until = deal.closed_on or DEMO_AS_OF
    return any(deal.created_on - INFLUENCE <= touch.day <= until for touch in deal.person.touches)


def closed_truth(deals: list[Opportunity]) -> Iterator[TruthValue]:
    """By the day of the close: won over won and lost, the average and the median of what was won."""
    won, lost = ended(deals, "won"), ended(deals, "lost")
    won_count, all_count = counts(day for day, _ in won), counts(day for day, _ in won + lost)
    won_amount = sums((day, deal.amount) for day, deal in won)
    yield from totals("won", "won_deals", won_count)
    yield from ratios("win_rate", "", won_count, all_count)
    yield from ratios("win_rate", "value", won_amount, sums((day, deal.amount) for day, deal in won + lost))
    yield from ratios("avg_deal_size", "", won_amount, won_count)
    yield from at_periods("sales_cycle_days", "", won, lambda found: median_cycle(found))


def ended(deals: list[Opportunity], status: str) -> list[tuple[dt.date, Opportunity]]:
    """Deals by the day on which they ended that way."""
    return [(deal.closed_on, deal) for deal in deals if deal.closed_on is not None and deal.status == status]


def median_cycle(won: Iterable[Opportunity]) -> Decimal | None:
    """Days from the creation to the midnight with which the close date begins; none below five deals."""
    seconds = [
        max((dt.datetime.combine(deal.closed_on, dt.time()) - deal.created_at).total_seconds(), 0)
        for deal in won
        if deal.closed_on is not None
    ]
    return quotient(Decimal(median(seconds)), Decimal(SECONDS_A_DAY)) if len(seconds) >= ENOUGH else None


def bridge_truth(moved: list[Move]) -> Iterator[TruthValue]:
    """Open at the start, what was added and taken away, open at the end; all of it positive but changed amounts."""
    for change in CHANGES:
        sign = -1 if change in ("won", "lost", "deleted") else 1
        flow = sums((move.day, sign * move.amount) for move in moved if move.change == change)
        yield from totals("pipeline_bridge", change, flow)
    yield from values("pipeline_bridge", "open_end", lambda period: (stock(moved, last_of(period)), ONE))
    yield from values("open_pipeline", "", lambda period: (stock(moved, last_of(period)), ONE))


def stock(moved: list[Move], day: dt.date) -> Decimal:
    """What was open at the end of a day."""
    return sum((move.amount for move in moved if move.day <= day), ZERO)


def last_of(period: Period) -> dt.date:
    """The last day of a period, or of the demo."""
    grain, start = period
    if start is None:
        return DEMO_AS_OF
    return last_day(start if grain == "month" else start.replace(month=start.month + 2))


def velocity_of_deals(deals: list[Opportunity], moved: list[Move]) -> Iterator[TruthValue]:
    """Open deals, win rate and average won amount over the median cycle, of the year before the period's end."""

    def parts(period: Period) -> tuple[Decimal | None, Decimal | None]:
        end = last_of(period)
        year = [deal for deal in deals if deal.closed_on is not None and end - YEAR < deal.closed_on <= end]
        won = [deal for deal in year if deal.status == "won"]
        is_open = Decimal(sum(move.deals for move in moved if move.day <= end))
        rate = quotient(Decimal(len(won)), Decimal(len(year)))
        average = quotient(sum((deal.amount for deal in won), ZERO), Decimal(len(won)))
        if rate is None or average is None:
            return None, median_cycle(won)
        return (is_open * rate * average).quantize(EIGHT_PLACES), median_cycle(won)

    yield from values("pipeline_velocity", "", parts)
