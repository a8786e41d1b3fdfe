"""Spend, revenue and margins as they really were, in dollars."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from orchestration.demo.ads import AdDay
from orchestration.demo.company import DEMO_AS_OF, Company
from orchestration.demo.trade import Cost, Order
from orchestration.demo.truth_values import TruthValue, grouped, members, ratios, sums, totals

# The rate card of the shop, and which pools are direct marketing or belong to acquisition at all.
COGS = {"LAMP-DESK": Decimal("31.50"), "LAMP-FLOOR": Decimal("74.00"), "BULB-KIT": Decimal("6.25")}
FULFILMENT, FEE_RATE, FEE_FIXED = Decimal("7.40"), Decimal("0.029"), Decimal("0.30")
DIRECT_POOLS = ("commissions", "referral_rewards")
POOLS_OUTSIDE_CAC = ("other",)
POOL_SHARE = Decimal("0.8")
BASES = ("order_basis", "transaction_basis")


@dataclass(frozen=True, slots=True)
class Dollars:
    """An order in dollars: net before refunds, the refunds by day, and what it cost to make and send."""

    order: Order
    day: dt.date
    net: Decimal
    refunds: tuple[tuple[dt.date, Decimal], ...]
    cogs: Decimal
    variable_cost: Decimal

    @property
    def net_after_refunds(self) -> Decimal:
        """What stays of the order."""
        return self.net - sum(amount for _, amount in self.refunds)

    @property
    def cm2(self) -> Decimal:
        """What the order leaves after goods, sending and payment."""
        return self.net_after_refunds - self.cogs - self.variable_cost


def rate(company: Company, currency: str, day: dt.date) -> Decimal:
    """Dollars per unit on a day: that day's rate, else the latest before it."""
    if currency == "USD":
        return Decimal(1)
    while day not in company.rates:
        day -= dt.timedelta(days=1)
    return company.rates[day]


def spend(company: Company, ad_day: AdDay) -> Decimal:
    """Media cost of a campaign's day in dollars."""
    return Decimal(ad_day.final.cost) / 100 * rate(company, ad_day.campaign.currency, ad_day.day)


def cost(company: Company, line: Cost) -> Decimal:
    """A cost in dollars, at the rate of the month's last day."""
    following = (line.month + dt.timedelta(days=32)).replace(day=1)
    last_day = min(following - dt.timedelta(days=1), DEMO_AS_OF)
    return Decimal(line.amount) / 100 * rate(company, line.currency, last_day)


def revenue_orders(company: Company) -> list[Dollars]:
    """Every order that was paid, in dollars at the rate of its day, refunds included."""
    result = []
    for order in company.orders:
        if not order.is_revenue:
            continue
        day = order.placed_at.date()
        fx = rate(company, order.currency, day)
        fee = Decimal(order.total) / 100 * fx * FEE_RATE + FEE_FIXED
        refunds = tuple((refund.day, Decimal(refund.net) / 100 * fx) for refund in order.refunds)
        cogs = sum((COGS[line.sku] * line.quantity for line in order.lines), Decimal(0))
        result.append(Dollars(order, day, Decimal(order.net) / 100 * fx, refunds, cogs, FULFILMENT + fee))
    return result


def spend_truth(company: Company) -> Iterator[TruthValue]:
    """Spend, impressions and clicks, in total and by channel, and their ratios."""
    measures = {
        "spend": grouped((row.campaign.channel, row.day, spend(company, row)) for row in company.ad_days),
        "impressions": grouped((row.campaign.channel, row.day, row.final.impressions) for row in company.ad_days),
        "clicks": grouped((row.campaign.channel, row.day, row.final.clicks) for row in company.ad_days),
    }
    everything = {
        "spend": sums((row.day, spend(company, row)) for row in company.ad_days),
        "impressions": sums((row.day, row.final.impressions) for row in company.ad_days),
        "clicks": sums((row.day, row.final.clicks) for row in company.ad_days),
    }
    for kpi, by_channel in measures.items():
        yield from totals(kpi, "", everything[kpi])
        yield from members(kpi, "", "channel", by_channel)
    yield from ratios("ctr", "", everything["clicks"], everything["impressions"])
    clicked = sums((row.day, spend(company, row)) for row in company.ad_days if row.campaign.counts_clicks)
    yield from ratios("cpc", "", clicked, everything["clicks"])


def margin_truth(company: Company, orders: list[Dollars]) -> Iterator[TruthValue]:
    """Net revenue and the three contribution margins on both refund bases, and revenue per unit of spend."""
    media = [(row.day, spend(company, row)) for row in company.ad_days]
    direct = [(line.month, cost(company, line)) for line in company.costs if line.pool in DIRECT_POOLS]
    revenue = {
        "order_basis": [(sale.day, sale.net_after_refunds) for sale in orders],
        "transaction_basis": [(sale.day, sale.net) for sale in orders]
        + [(day, -amount) for sale in orders for day, amount in sale.refunds],
    }
    for basis in BASES:
        cm1 = revenue[basis] + [(sale.day, -sale.cogs) for sale in orders]
        cm2 = cm1 + [(sale.day, -sale.variable_cost) for sale in orders]
        cm3 = cm2 + [(day, -amount) for day, amount in media + direct]
        for kpi, amounts in (("net_revenue", revenue[basis]), ("cm1", cm1), ("cm2", cm2), ("cm3", cm3)):
            yield from totals(kpi, basis, sums(amounts))
    yield from ratios("mer", "", sums(revenue["order_basis"]), sums(media))
