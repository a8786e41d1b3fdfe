"""Who came back, when, who stayed away, and who had been sent by a friend, as it really was."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from statistics import median

from orchestration.demo.company import DEMO_AS_OF, DEMO_START
from orchestration.demo.truth_customers import UNKNOWN, Customer
from orchestration.demo.truth_pipeline import last_of
from orchestration.demo.truth_values import (
    ONE,
    ZERO,
    Period,
    Sums,
    TruthValue,
    at_periods,
    counts,
    every_period,
    gathered,
    periods_of,
    ratios,
    values,
)

WINDOW = 60
LAPSE_FACTOR = 2
STATES = ("referred", "not_referred", UNKNOWN)


def retention_truth(buyers: list[Customer]) -> Iterator[TruthValue]:
    """All of it."""
    yield from repeat_truth(buyers)
    yield from lapse_truth(buyers)
    yield from referral_truth(buyers)


def visits(buyer: Customer) -> list[dt.date]:
    """The days on which a customer bought."""
    return sorted({sale.day for sale in buyer.orders})


def repeat_truth(buyers: list[Customer]) -> Iterator[TruthValue]:
    """Who of a cohort bought again within the window, and how many days lie between two visits."""
    days = [visits(buyer) for buyer in buyers if buyer.orders]

    def rate(firsts: list[list[dt.date]], grain: str, end: dt.date) -> tuple[Decimal | None, Decimal | None]:
        followed = [seen for seen in firsts if (DEMO_AS_OF - seen[0]).days >= WINDOW]
        again = [seen for seen in followed if len(seen) > 1 and (seen[1] - seen[0]).days <= WINDOW]
        is_mature = grain == "all" or (DEMO_AS_OF - end).days >= WINDOW
        return Decimal(len(again)), Decimal(len(followed)) if is_mature else None

    cohorts = gathered((seen[0], seen) for seen in days)
    yield from values("repeat_rate", "", lambda period: rate(cohorts.get(period, []), period[0], last_of(period)))
    intervals = [(later, (later - earlier).days) for seen in days for earlier, later in pairwise(seen)]
    yield from at_periods("rebooking_interval", "", intervals, lambda found: Decimal(median(found)) if found else None)


def lapse_truth(buyers: list[Customer]) -> Iterator[TruthValue]:
    """Customers who are expected back at the end of a period, and those of its start who no longer are."""
    known = [visits(buyer) for buyer in buyers if buyer.orders]
    patience = [(seen, int(LAPSE_FACTOR * rhythm(seen))) for seen in known]

    def active(day: dt.date) -> set[int]:
        """Those whose last visit before the end of the day is not too long ago."""
        return {
            number
            for number, (seen, days) in enumerate(patience)
            if (past := [visit for visit in seen if visit <= day]) and (day - past[-1]).days <= days
        }

    def churn(period: Period) -> tuple[Decimal, Decimal]:
        start = active((period[1] or DEMO_START) - dt.timedelta(days=1))
        return Decimal(len(start - active(last_of(period)))), Decimal(len(start))

    yield from values("customer_churn", "lapsed", churn)
    yield from values("active_customers", "orders", lambda period: (Decimal(len(active(last_of(period)))), ONE))


def rhythm(seen: list[dt.date]) -> float:
    """The median of a customer's own intervals; the window where there is only one visit."""
    intervals = [(later - earlier).days for earlier, later in pairwise(seen)]
    return median(intervals) if intervals else WINDOW


def referral_truth(buyers: list[Customer]) -> Iterator[TruthValue]:
    """Which new customers a customer sent, and what those brought in the period in which they came."""
    new = counts(buyer.since for buyer in buyers)
    revenue = new_revenue(buyers)
    for state in STATES:
        mine = [buyer for buyer in buyers if buyer.referred == state]
        counted, brought = counts(buyer.since for buyer in mine), new_revenue(mine)
        for dimension, member in (("referral", state), *((("", ""),) if state == "referred" else ())):
            yield from ratios("referral_share", "count", counted, new, dimension, member)
            yield from ratios("referral_share", "revenue", brought, revenue, dimension, member)


def new_revenue(buyers: list[Customer]) -> Sums:
    """Net revenue of new customers, of the orders that lie in the same period as their first purchase."""
    found: Sums = dict.fromkeys(every_period(), ZERO)
    for buyer in buyers:
        for sale in buyer.orders:
            for period in {*periods_of(buyer.since)} & {*periods_of(sale.day)}:
                found[period] += sale.net_after_refunds
    return found
