"""Orders, margins by cut, and what advertising returned, as they really were."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from orchestration.demo.company import Company
from orchestration.demo.offices import ANSWERED
from orchestration.demo.truth_customers import Customer
from orchestration.demo.truth_money import DIRECT_POOLS, Dollars, borne_costs, spend
from orchestration.demo.truth_values import (
    ZERO,
    Period,
    Sums,
    TruthValue,
    counts,
    gathered,
    grouped,
    members,
    ratios,
    shares,
    sums,
    totals,
)

Cut = Callable[[Customer], str]
CUTS: dict[str, Cut] = {
    "channel": lambda buyer: buyer.channel,
    "segment": lambda buyer: buyer.segment,
    "campaign": lambda buyer: buyer.campaign,
}
LAST_TOUCH = "last_touch_order_basis"
Marketing = list[tuple[str, dt.date, Decimal]]


@dataclass(frozen=True, slots=True)
class Sale:
    """An order and who bought."""

    buyer: Customer
    order: Dollars

    @property
    def day(self) -> dt.date:
        """The day of the order."""
        return self.order.day

    @property
    def is_first(self) -> bool:
        """Whether it is the first that this customer paid."""
        return self.order is self.buyer.first_order


def margins_truth(company: Company, buyers: list[Customer]) -> Iterator[TruthValue]:
    """All of it."""
    sales = [Sale(buyer, order) for buyer in buyers for order in buyer.orders]
    yield from order_truth(sales)
    yield from per_order_truth(sales)
    for dimension, cut in CUTS.items():
        yield from cut_truth(sales, dimension, cut)
    yield from returns_truth(company, sales)


def order_truth(sales: list[Sale]) -> Iterator[TruthValue]:
    """How many orders, and which part of them was not the first of its customer."""
    by_channel = grouped((sale.buyer.channel, sale.day, 1) for sale in sales)
    again = grouped((sale.buyer.channel, sale.day, int(not sale.is_first)) for sale in sales)
    ordered = counts(sale.day for sale in sales)
    yield from totals("orders", "", ordered)
    yield from members("orders", "", "channel", by_channel)
    yield from ratios("repeat_share", "", counts(sale.day for sale in sales if not sale.is_first), ordered)
    yield from shares("repeat_share", "", "channel", again, by_channel)


def per_order_truth(sales: list[Sale]) -> Iterator[TruthValue]:
    """CM2 per order, per customer of a month or of all time, and per hour of the fittings."""
    cm2 = sums((sale.day, sale.order.cm2) for sale in sales)
    yield from ratios("cm_per_customer", "cm2_per_order", cm2, counts(sale.day for sale in sales))
    customers = buyers_of(sales)
    for told in ratios("cm_per_customer", "cm2_per_customer", cm2, customers):
        if told.grain != "quarter":
            yield told
    jobs = [sale for sale in sales if sale.order.hours]
    worked = {"": sums((sale.day, sale.order.hours) for sale in jobs)}
    left = {"": sums((sale.day, sale.order.cm2) for sale in jobs)}
    yield from shares("cm_per_customer", "cm2_per_hour", "", left, worked)


def buyers_of(sales: Iterable[Sale]) -> Sums:
    """How many different customers ordered in each period."""
    return {
        period: Decimal(len({id(sale.buyer) for sale in found}))
        for period, found in gathered((sale.day, sale) for sale in sales).items()
    }


def cut_truth(sales: list[Sale], dimension: str, cut: Cut) -> Iterator[TruthValue]:
    """Revenue, CM2, CM2 per order and break-even CAC of each member."""
    ordered = grouped((cut(sale.buyer), sale.day, 1) for sale in sales)
    cm2 = grouped((cut(sale.buyer), sale.day, sale.order.cm2) for sale in sales)
    revenue = grouped((cut(sale.buyer), sale.day, sale.order.net_after_refunds) for sale in sales)
    yield from members("net_revenue", "order_basis", dimension, revenue)
    yield from members("cm2", "order_basis", dimension, cm2)
    yield from shares("cm_per_customer", "cm2_per_order", dimension, cm2, ordered)
    firsts = [(cut(sale.buyer), sale.buyer.since, sale.order.cm2) for sale in sales if sale.is_first]
    won = grouped((member, day, 1) for member, day, _ in firsts)
    yield from shares("break_even_cac", "", dimension, grouped(firsts), won)


def returns_truth(company: Company, sales: list[Sale]) -> Iterator[TruthValue]:
    """aMER, ROAS and the attributed return, of the firm, of channels and of campaigns that somebody answered."""
    media = [(row.campaign.channel, row.day, spend(company, row)) for row in company.ad_days]
    direct = media + [
        (cost.line.channel, cost.month, cost.amount) for cost in borne_costs(company) if cost.line.pool in DIRECT_POOLS
    ]
    first_revenue = sums((sale.day, sale.order.net_after_refunds) for sale in sales if sale.is_first)
    yield from ratios("amer", "", first_revenue, sums((day, amount) for _, day, amount in media))
    cm2 = sums((sale.day, sale.order.cm2) for sale in sales)
    yield from ratios("romi_attributed", LAST_TOUCH, *profit(cm2, sums((day, amount) for _, day, amount in direct)))
    touched = {ANSWERED[touch.channel] for person in company.people for touch in person.touches}
    named = [(row.campaign.name, row.day, spend(company, row)) for row in company.ad_days]
    answered = [row for row in named if row[0] in touched]
    yield from cut_returns(sales, "channel", media, [row for row in direct if row[0]])
    yield from cut_returns(sales, "campaign", answered, answered)


def cut_returns(sales: list[Sale], dimension: str, media: Marketing, direct: Marketing) -> Iterator[TruthValue]:
    """ROAS over a member's own media, the return over all its direct marketing."""
    cut = CUTS[dimension]
    revenue = grouped((cut(sale.buyer), sale.day, sale.order.net_after_refunds) for sale in sales)
    yield from shares("roas", LAST_TOUCH, dimension, revenue, grouped(media))
    cm2 = grouped((cut(sale.buyer), sale.day, sale.order.cm2) for sale in sales)
    cost = grouped(direct)
    gained = {member: profit(cm2.get(member, {}), spent)[0] for member, spent in cost.items()}
    yield from shares("romi_attributed", LAST_TOUCH, dimension, gained, cost)


def profit(cm2: Sums, spent: Sums) -> tuple[Sums, Sums]:
    """What is left of the margin once the marketing is paid, and the marketing."""
    periods: set[Period] = {*cm2, *spent}
    return {period: cm2.get(period, ZERO) - spent.get(period, ZERO) for period in periods}, spent
