"""Who became a customer, when and through which channel, and what that cost."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from orchestration.demo.company import Company
from orchestration.demo.offices import ANSWERED
from orchestration.demo.prospects import Person, Touch
from orchestration.demo.truth_money import POOLS_OUTSIDE_CAC, Dollars, borne_costs, spend
from orchestration.demo.truth_values import (
    ZERO,
    Period,
    Sums,
    TruthValue,
    counts,
    grouped,
    members,
    quotient,
    ratios,
    sums,
    totals,
)

LOOKBACK = dt.timedelta(days=30)
UNKNOWN, UNATTRIBUTED = "(unknown)", "(unattributed)"


@dataclass(slots=True)
class Customer:
    """A billing entity that bought: its people, paid orders and the days its first deals were won."""

    people: list[Person] = field(default_factory=list)
    orders: list[Dollars] = field(default_factory=list)
    won_on: list[dt.date] = field(default_factory=list)
    segment: str = UNKNOWN
    referred: str = UNKNOWN

    @property
    def since(self) -> dt.date:
        """The day of the first paid order or the first won deal."""
        return min([sale.day for sale in self.orders] + self.won_on)

    @property
    def last_touch(self) -> Touch | None:
        """The last campaign that one of its people answered before it became a customer."""
        touches = [
            touch
            for person in self.people
            for touch in person.touches
            if self.since - LOOKBACK <= touch.day <= self.since
        ]
        return max(touches, key=lambda touch: (touch.day, touch.channel), default=None)

    @property
    def source(self) -> str:
        """Where the first of its records came from that says so; empty where none does."""
        known = sorted((min(person.records_at), person.channel) for person in self.people if person.records_at)
        return next((channel for _, channel in known if channel), "")

    @property
    def channel(self) -> str:
        """The last touch before becoming a customer, else where its first record came from."""
        return self.last_touch.channel if self.last_touch else self.source or UNATTRIBUTED

    @property
    def campaign(self) -> str:
        """The campaign of the last touch."""
        return ANSWERED[self.last_touch.channel] if self.last_touch else UNATTRIBUTED

    @property
    def first_order(self) -> Dollars | None:
        """The first that was paid; None where only a deal was won."""
        return min(self.orders, key=lambda sale: (sale.day, sale.place), default=None)


def customer_key(buyer: Person | None, number: int = 0) -> tuple[str, int]:
    """An office's people share its account; others are their own customer; nobody's order is a customer of its own."""
    if buyer is None:
        return "order", number
    return ("account", buyer.account.number) if buyer.account else ("person", buyer.number)


def customers(company: Company, orders: list[Dollars]) -> list[Customer]:
    """Everybody who ever paid or signed."""
    found: dict[tuple[str, int], Customer] = defaultdict(Customer)
    for sale in orders:
        if sale.is_paying:
            found[customer_key(sale.buyer, sale.place[1])].orders.append(sale)
    for deal in company.deals:
        if deal.status == "won" and deal.kind == "new":
            found[("account", deal.account.number)].won_on.append(deal.closed_on)
    for person in company.people:
        if customer_key(person) in found:
            found[customer_key(person)].people.append(person)
    describe(company, found)
    return list(found.values())


def describe(company: Company, found: dict[tuple[str, int], Customer]) -> None:
    """Segment and referral as the customer list has them; without a name the source says who was referred."""
    people = {listed.code: customer_key(listed.person) for listed in company.listed}
    for listed in company.listed:
        if (key := people[listed.code]) in found:
            found[key].segment = listed.segment
            if people.get(listed.referred_by, key) != key:
                found[key].referred = "referred"
    for buyer in found.values():
        source = buyer.source or buyer.channel
        if buyer.referred == UNKNOWN and source != UNATTRIBUTED:
            buyer.referred = "referred" if source == "referral" else "not_referred"


def customer_truth(company: Company, buyers: list[Customer]) -> Iterator[TruthValue]:
    """New customers and every CAC."""
    new = counts(buyer.since for buyer in buyers)
    by_channel = grouped((buyer.channel, buyer.since, 1) for buyer in buyers)
    yield from totals("won", "new_customers", new)
    yield from members("won", "new_customers", "channel", by_channel)

    media = sums((row.day, spend(company, row)) for row in company.ad_days)
    yield from ratios("cac_blended_media", "", media, new)
    spend_by_channel = grouped((row.campaign.channel, row.day, spend(company, row)) for row in company.ad_days)
    paid = sums((buyer.since, 1) for buyer in buyers if buyer.channel in spend_by_channel)
    yield from ratios("cac_paid", "last_touch", media, paid)
    yield from ratios("cac_fully_loaded", "", loaded_cost(company, media), new)
    yield from channel_cac(spend_by_channel, by_channel)
    yield from overclaim_truth(company, new, by_channel)


def loaded_cost(company: Company, media: Sums) -> Sums:
    """Media and the acquiring part of every sales and marketing pool."""
    pools = sums(
        (cost.month, cost.acquiring) for cost in borne_costs(company) if cost.line.pool not in POOLS_OUTSIDE_CAC
    )
    return {period: media.get(period, ZERO) + pools.get(period, ZERO) for period in {*media, *pools}}


def channel_cac(spent: dict[str, Sums], won: dict[str, Sums]) -> Iterator[TruthValue]:
    """Direct spend of a channel over its customers, where it has both."""
    for channel in spent:
        shared: set[Period] = {*spent[channel]} & {*won.get(channel, {})}
        for grain, period in sorted(shared, key=str):
            cost_of, customers_of = spent[channel][grain, period], won[channel][grain, period]
            value = quotient(cost_of, customers_of)
            yield TruthValue(
                "cac_channel", "last_touch", grain, period, "channel", channel, value, cost_of, customers_of
            )


def overclaim_truth(company: Company, new: Sums, by_channel: dict[str, Sums]) -> Iterator[TruthValue]:
    """Conversions that Google claims over the customers of its channel, and over all; Meta's results are none."""
    google = [row for row in company.ad_days if row.campaign.platform == "google_ads"]
    claimed = sums((row.day, Decimal(row.final.conversions) / 100) for row in google)
    won = by_channel.get("paid_search", {})
    yield from ratios("platform_overclaim", "", claimed, won, "platform", "google_ads")
    yield from ratios("platform_overclaim", "all_platforms", claimed, new)
