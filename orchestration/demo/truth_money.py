"""Spend, revenue and margins as they really were, in dollars."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from orchestration.demo.ads import AdDay
from orchestration.demo.company import DEMO_AS_OF, Company
from orchestration.demo.promises import last_day
from orchestration.demo.prospects import Person
from orchestration.demo.trade import Cost, Fitting, Order
from orchestration.demo.truth_values import ZERO, TruthValue, grouped, members, ratios, sums, totals

# The rate card of the shop, and which pools are direct marketing or belong to acquisition at all.
COGS = {"LAMP-DESK": Decimal("31.50"), "LAMP-FLOOR": Decimal("74.00"), "BULB-KIT": Decimal("6.25")}
FULFILMENT, FEE_RATE, FEE_FIXED = Decimal("7.40"), Decimal("0.029"), Decimal("0.30")
DIRECT_POOLS = ("commissions", "referral_rewards")
POOLS_OUTSIDE_CAC = ("other",)
POOL_SHARE = Decimal("0.8")
BASES = ("order_basis", "transaction_basis")


@dataclass(frozen=True, slots=True)
class Dollars:
    """An order or a fitting in dollars: net before refunds, the refunds by day, and what it cost to make and bring.

    Orders of a day are in the order of their numbers, those of the shop before those of the job book.
    """

    buyer: Person | None
    day: dt.date
    place: tuple[str, int]
    is_paying: bool
    net: Decimal
    refunds: tuple[tuple[dt.date, Decimal], ...]
    cogs: Decimal
    variable_cost: Decimal
    hours: Decimal = ZERO

    @property
    def net_after_refunds(self) -> Decimal:
        """What stays of the order."""
        return self.net - sum((amount for _, amount in self.refunds), ZERO)

    @property
    def cm2(self) -> Decimal:
        """What the order leaves after goods, sending and payment."""
        return self.net_after_refunds - self.cogs - self.variable_cost


@dataclass(frozen=True, slots=True)
class BorneCost:
    """What a month bears of a cost, in dollars."""

    line: Cost
    month: dt.date
    amount: Decimal

    @property
    def acquiring(self) -> Decimal:
        """The part that was for winning customers; nothing of what keeps them."""
        if self.line.acquisition_share is not None:
            return self.amount * self.line.acquisition_share
        return ZERO if self.line.purpose == "retention" else self.amount * POOL_SHARE


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


def borne_costs(company: Company, until: dt.date = DEMO_AS_OF) -> list[BorneCost]:
    """What each month until then bears of each bill, in whole cents, at the rate of the bill's own month."""
    found = []
    for line in company.costs:
        fx = rate(company, line.currency, min(last_day(line.month), DEMO_AS_OF))
        month = line.month
        for number in range(1, line.months + 1):
            cents = line.amount * number // line.months - line.amount * (number - 1) // line.months
            if month <= until:
                found.append(BorneCost(line, month, Decimal(cents) / 100 * fx))
            month = last_day(month) + dt.timedelta(days=1)
    return found


def revenue_orders(company: Company) -> list[Dollars]:
    """Everything that was paid: orders of the shop and fittings."""
    shop = [shop_order(company, order) for order in company.orders if order.is_revenue]
    return shop + [fitting(job) for job in company.fittings if job.status == "paid"]


def shop_order(company: Company, order: Order) -> Dollars:
    """An order at the rate of its day, refunds included."""
    day = order.placed_at.date()
    fx = rate(company, order.currency, day)
    fee = Decimal(order.total) / 100 * fx * FEE_RATE + FEE_FIXED
    refunds = tuple((refund.day, Decimal(refund.net) / 100 * fx) for refund in order.refunds)
    cogs = sum((COGS[line.sku] * line.quantity for line in order.lines), ZERO)
    net = Decimal(order.net) / 100 * fx
    return Dollars(order.buyer, day, ("shop", order.number), order.total > 0, net, refunds, cogs, FULFILMENT + fee)


def fitting(job: Fitting) -> Dollars:
    """A fitting, which is billed in dollars and never paid back."""
    net, material, travel = (Decimal(cents) / 100 for cents in (job.net, job.material, job.travel))
    return Dollars(job.buyer, job.at.date(), ("work", job.number), net > 0, net, (), material, travel, job.hours)


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
    direct = [(cost.month, cost.amount) for cost in borne_costs(company) if cost.line.pool in DIRECT_POOLS]
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
