"""What a customer may cost and what the company must sell, as it really was."""

from collections.abc import Iterator
from decimal import Decimal

from orchestration.demo.company import Company
from orchestration.demo.truth_customers import Customer
from orchestration.demo.truth_money import Dollars, borne_costs, spend
from orchestration.demo.truth_values import ONE, ZERO, Period, Sums, TruthValue, ceiling, counts, ratios, sums, values


def break_even_truth(company: Company, orders: list[Dollars], buyers: list[Customer]) -> Iterator[TruthValue]:
    """Break-even CAC, ROAS, units, revenue and margin of safety."""
    first_margins = [(buyer.since, buyer.first_order.cm2) for buyer in buyers if buyer.first_order]
    yield from ratios("break_even_cac", "", sums(first_margins), counts(day for day, _ in first_margins))
    revenue = sums((sale.day, sale.net_after_refunds) for sale in orders)
    cm2 = sums((sale.day, sale.cm2) for sale in orders)
    units = sums((sale.day, 1) for sale in orders if sale.net_after_refunds > 0)
    to_cover = sums(
        [(row.day, spend(company, row)) for row in company.ad_days]
        + [(cost.month, cost.amount) for cost in borne_costs(company)]
    )

    def roas(period: Period) -> tuple[Decimal | None, Decimal | None]:
        return (revenue[period], cm2[period]) if cm2[period] > 0 else (None, None)

    yield from values("break_even_roas", "", roas)
    yield from volume(revenue, cm2, units, to_cover)


def volume(revenue: Sums, cm2: Sums, units: Sums, to_cover: Sums) -> Iterator[TruthValue]:
    """Break-even units and revenue, and how far revenue is above it."""

    def break_even_units(period: Period) -> tuple[Decimal | None, Decimal | None]:
        per_unit = cm2[period] / units[period] if units[period] else ZERO
        return (ceiling(to_cover[period] / per_unit), ONE) if per_unit > 0 else (None, None)

    def break_even_revenue(period: Period) -> tuple[Decimal | None, Decimal | None]:
        return (to_cover[period] * revenue[period], cm2[period]) if cm2[period] > 0 else (None, None)

    def margin_of_safety(period: Period) -> tuple[Decimal | None, Decimal | None]:
        needed, share = break_even_revenue(period)
        if needed is None or share is None or revenue[period] <= 0:
            return None, None
        return revenue[period] - needed / share, revenue[period]

    def units_left(period: Period) -> tuple[Decimal | None, Decimal | None]:
        needed, _ = break_even_units(period)
        return (None, None) if needed is None else (max(needed - units[period], ZERO), ONE)

    yield from values("break_even_units_date", "units", break_even_units)
    yield from values("break_even_units_date", "units_left", units_left)
    yield from values("break_even_units_date", "revenue", break_even_revenue)
    yield from values("break_even_units_date", "margin_of_safety", margin_of_safety)
