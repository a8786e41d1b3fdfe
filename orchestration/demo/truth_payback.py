"""After how many months a customer has paid for its winning, as it really was."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from orchestration.demo.company import Company
from orchestration.demo.truth_acquisition import lagged_cost, months_of
from orchestration.demo.truth_cohorts import months_after
from orchestration.demo.truth_customers import Customer, loaded_cost
from orchestration.demo.truth_money import Dollars, spend
from orchestration.demo.truth_pipeline import last_of
from orchestration.demo.truth_subscriptions import CarePlans
from orchestration.demo.truth_values import ZERO, Period, TruthValue, every_period, gathered, quotient, sums

YEAR = 12


def payback_truth(company: Company, buyers: list[Customer]) -> Iterator[TruthValue]:
    """The cost of the month before over what new customers leave in a month, and over what new care plans leave."""
    loaded = loaded_cost(company, sums((row.day, spend(company, row)) for row in company.ad_days))
    plans = CarePlans(company, buyers)
    won = gathered((buyer.since, buyer) for buyer in buyers)
    for period in every_period():
        if period[0] == "all":
            continue
        cost = lagged_cost(loaded, loaded, period)
        new = won.get(period, [])
        cac = quotient(cost, Decimal(len(new)))
        yield payback("", period, cac, first_month_margin(new))
        if plans.first <= last_of(period).replace(day=1) <= plans.last:
            yield payback("mrr", period, cost, margin_of_new_plans(plans, buyers, period))


def payback(variant: str, period: Period, cost: Decimal | None, margin: Decimal | None) -> TruthValue:
    """None where nothing is left, and where the cost is not known."""
    bottom = margin if margin is not None and margin > 0 and cost is not None else None
    return TruthValue("cac_payback", variant, *period, "", "", quotient(cost, bottom), cost, bottom)


def first_month_margin(new: list[Customer]) -> Decimal | None:
    """CM2 of the calendar month in which they came, per customer who ordered in it."""
    months = [[sale.cm2 for sale in buyer.orders if in_month(sale, buyer.since)] for buyer in new]
    ordered = [sum(margins, ZERO) for margins in months if margins]
    return quotient(sum(ordered, ZERO), Decimal(len(ordered)))


def in_month(sale: Dollars, day: dt.date) -> bool:
    """Whether an order lies in the calendar month of a day."""
    return (sale.day.year, sale.day.month) == (day.year, day.month)


def margin_of_new_plans(plans: CarePlans, buyers: list[Customer], period: Period) -> Decimal | None:
    """New MRR of the period's months, at the rate that a year of the subscribers' own orders left."""
    moves = [move for month in months_of(period) for move in plans.moves(months_after(month, -1), month)]
    new = sum((after for _, what, _, _, after in moves if what == "new"), ZERO)
    end = months_after(last_of(period).replace(day=1), 1)
    accounts = set(plans.plans)
    orders = [
        sale
        for buyer in buyers
        if accounts & {person.account.number for person in buyer.people if person.account}
        for sale in buyer.orders
        if months_after(end, -YEAR) <= sale.day < end
    ]
    revenue = sum((sale.net_after_refunds for sale in orders), ZERO)
    return new * sum((sale.cm2 for sale in orders), ZERO) / revenue if revenue > 0 else None
