"""What each cohort of customers brought up to an age, and what one of them may cost, as it really was."""

import calendar
import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from orchestration.demo.company import AS_OF_END, Company
from orchestration.demo.truth_customers import Customer, loaded_cost
from orchestration.demo.truth_money import spend
from orchestration.demo.truth_pipeline import last_of
from orchestration.demo.truth_values import (
    ZERO,
    Period,
    TruthValue,
    counts,
    every_period,
    grouped,
    quotient,
    shares,
    sums,
)

AGES = (1, 3, 6, 12, 24)


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day some months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def cm2_until(buyer: Customer, months: int) -> Decimal:
    """What a customer's orders of the first months left."""
    return sum((sale.cm2 for sale in buyer.orders if sale.day < months_after(buyer.since, months)), ZERO)


def cohort_truth(company: Company, buyers: list[Customer]) -> Iterator[TruthValue]:
    """What each cohort brought up to an age, per customer, over its CAC, and as what one may cost."""
    size, by_channel = counts(buyer.since for buyer in buyers), grouped((b.channel, b.since, 1) for b in buyers)
    spent = loaded_cost(company, sums((row.day, spend(company, row)) for row in company.ad_days))
    for age in AGES:
        brought = sums((buyer.since, cm2_until(buyer, age)) for buyer in buyers)
        for period in every_period():
            if period[0] != "all":
                yield at_age("ltv_cohort", f"month_{age}", period, age, brought[period], size[period])
                yield at_age("ltv_to_cac", f"month_{age}", period, age, brought[period], spent.get(period, ZERO))
                if is_followed(last_of(period), age) and size[period]:
                    yield at_age("break_even_cac", f"{age}_months", period, age, brought[period], size[period])
        yield from followed_truth(buyers, age)
        cut = grouped((buyer.channel, buyer.since, cm2_until(buyer, age)) for buyer in buyers)
        for told in shares("ltv_cohort", f"month_{age}", "channel", cut, by_channel):
            if told.grain != "all" and is_followed(last_of((told.grain, told.period)), age):
                yield told


def at_age(kpi: str, variant: str, period: Period, age: int, numerator: Decimal, denominator: Decimal) -> TruthValue:
    """A value of a cohort; None until its youngest member has been there so long."""
    bottom = denominator if is_followed(last_of(period), age) else None
    return TruthValue(kpi, variant, *period, "", "", quotient(numerator, bottom), numerator, bottom)


def is_followed(day: dt.date, age: int) -> bool:
    """Whether who came on this day has been there for so many whole months."""
    return months_after(day, age) <= AS_OF_END.date()


def followed_truth(buyers: list[Customer], age: int) -> Iterator[TruthValue]:
    """Over all time, those who have been there long enough."""
    old = [buyer for buyer in buyers if is_followed(buyer.since, age)]
    if old:
        brought, number = sum((cm2_until(buyer, age) for buyer in old), ZERO), Decimal(len(old))
        yield TruthValue(
            "break_even_cac", f"{age}_months", "all", None, "", "", quotient(brought, number), brought, number
        )
