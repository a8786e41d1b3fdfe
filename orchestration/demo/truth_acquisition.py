"""What winning leads, deals and customers cost by lag, cohort, stage and purpose, as it really was."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from orchestration.demo.company import Company
from orchestration.demo.prospects import Person
from orchestration.demo.seasons import months
from orchestration.demo.truth_cohorts import months_after
from orchestration.demo.truth_customers import Customer, loaded_cost
from orchestration.demo.truth_deals import new_deals
from orchestration.demo.truth_funnel import first_entries, reached
from orchestration.demo.truth_money import POOLS_OUTSIDE_CAC, Dollars, borne_costs, spend
from orchestration.demo.truth_values import (
    ZERO,
    Period,
    Sums,
    TruthValue,
    counts,
    grouped,
    quotient,
    ratios,
    shares,
    sums,
    values,
)

LAG = 1
PURPOSES = {"Good light | Awareness film": "brand", "Past buyers | Win-back": "retention"}


def acquisition_truth(company: Company, buyers: list[Customer], people: Sequence[Person]) -> Iterator[TruthValue]:
    """All of it."""
    media = sums((row.day, spend(company, row)) for row in company.ad_days)
    loaded = loaded_cost(company, media)
    yield from lagged_truth(buyers, media, loaded)
    yield from lagged_channel_truth(company, buyers, loaded)
    yield from cohort_cac_truth(buyers, people, media, loaded)
    yield from step_truth(company, people, media, loaded)
    yield from channel_truth(company, buyers)
    yield from purpose_truth(company, (sale for buyer in buyers for sale in buyer.orders))


def lagged_truth(buyers: list[Customer], media: Sums, loaded: Sums) -> Iterator[TruthValue]:
    """The cost of the month before over the customers of the month; None where that month was before the demo."""
    new = counts(buyer.since for buyer in buyers)
    for variant, cost in (("lag_1", loaded), ("lag_1_media", media)):

        def parts(period: Period, cost: Sums = cost) -> tuple[Decimal | None, Decimal | None]:
            spent = lagged_cost(cost, loaded, period)
            return (None, None) if spent is None else (spent, new.get(period, ZERO))

        yield from (told for told in values("cac_lagged", variant, parts) if told.grain != "all")


def lagged_channel_truth(company: Company, buyers: list[Customer], loaded: Sums) -> Iterator[TruthValue]:
    """The same of a channel's own media, in the periods in which it won somebody."""
    won = grouped((buyer.channel, buyer.since, 1) for buyer in buyers)
    spent = grouped((row.campaign.channel, row.day, spend(company, row)) for row in company.ad_days)
    for channel, customers in won.items():
        for (grain, start), number in customers.items():
            if grain != "all":
                cost = lagged_cost(spent.get(channel, {}), loaded, (grain, start))
                bottom = None if cost is None else number
                yield TruthValue(
                    "cac_lagged", "lag_1_media", grain, start, "channel", channel, quotient(cost, bottom), cost, bottom
                )


def lagged_cost(cost: Sums, loaded: Sums, period: Period) -> Decimal | None:
    """What the months before those of a period cost; None where one of them had no cost of any kind."""
    needed: list[Period] = [("month", months_after(month, -LAG)) for month in months_of(period)]
    known = [cost.get(month, ZERO) for month in needed if month in loaded]
    return sum(known, ZERO) if len(known) == len(needed) else None


def months_of(period: Period) -> list[dt.date]:
    """The months of a month, a quarter or all time."""
    grain, start = period
    return [
        month
        for month in months()
        if start is None or start <= month < months_after(start, 3 if grain == "quarter" else 1)
    ]


def lead_months(buyers: list[Customer], people: Sequence[Person]) -> dict[int, dt.date]:
    """The month in which the first of a customer's people asked, by customer; who never asked before is in none."""
    asked = {id(person): reached(first_entries(person))["lead"].date() for person in people}
    found = {}
    for buyer in buyers:
        days = [asked[id(person)] for person in buyer.people if id(person) in asked]
        if days and min(days) <= buyer.since:
            found[id(buyer)] = min(days).replace(day=1)
    return found


def cohort_cac_truth(
    buyers: list[Customer], people: Sequence[Person], media: Sums, loaded: Sums
) -> Iterator[TruthValue]:
    """The cost of a month over all customers ever won of its leads."""
    won = Counter(lead_months(buyers, people).values())
    for month in months():
        for variant, cost in (("", loaded), ("media", media)):
            spent = cost.get(("month", month), ZERO) if ("month", month) in loaded else None
            customers = Decimal(won[month])
            value = quotient(spent, customers)
            yield TruthValue("cac_cohort", variant, "month", month, "", "", value, spent, customers)


def step_truth(company: Company, people: Sequence[Person], media: Sums, loaded: Sums) -> Iterator[TruthValue]:
    """Media per lead, media and loaded cost per stage."""
    journeys = [(person.channel, reached(first_entries(person))) for person in people]
    leads = counts(journey["lead"].date() for _, journey in journeys)
    yield from ratios("cpl", "", media, leads)
    spent = grouped((row.campaign.channel, row.day, spend(company, row)) for row in company.ad_days)
    by_channel = grouped((channel, journey["lead"].date(), 1) for channel, journey in journeys if channel)
    yield from shares("cpl", "", "channel", spent, by_channel)
    deals = new_deals(company)
    entries = {
        step: counts(journey[step].date() for _, journey in journeys if step in journey) for step in ("mql", "sql")
    }
    for step, entered in {**entries, "opportunity": counts(deal.created_on for deal in deals)}.items():
        yield from ratios("cost_per_stage", "media", media, entered, "stage", step)
        yield from ratios("cost_per_stage", "loaded", loaded, entered, "stage", step)
    created = sums((deal.created_on, deal.amount_at_creation) for deal in deals)
    yield from ratios("cost_per_stage", "pipe_to_spend", created, media)


def channel_truth(company: Company, buyers: list[Customer]) -> Iterator[TruthValue]:
    """CAC of a channel with its own costs and with its part of those that name no channel, by its share of media."""
    own: dict[str, Sums] = defaultdict(lambda: defaultdict(lambda: ZERO))
    shared: Sums = defaultdict(lambda: ZERO)
    media = grouped((row.campaign.channel, row.day, spend(company, row)) for row in company.ad_days)
    for cost in borne_costs(company):
        if cost.line.pool in POOLS_OUTSIDE_CAC:
            continue
        place = own[cost.line.channel] if cost.line.channel else shared
        place["month", cost.month] += cost.acquiring
    full: dict[str, list[tuple[dt.date, Decimal]]] = defaultdict(list)
    for month in months():
        whole = sum((spent.get(("month", month), ZERO) for spent in media.values()), ZERO)
        for channel in {*media, *own}:
            direct = media.get(channel, {}).get(("month", month), ZERO)
            part = shared["month", month] * direct / whole if whole else ZERO
            full[channel].append((month, direct + own[channel]["month", month] + part))
    won = grouped((buyer.channel, buyer.since, 1) for buyer in buyers)
    costs = {channel: sums(amounts) for channel, amounts in full.items()}
    yield from shares("cac_channel", "last_touch_media_share", "channel", costs, won)


def purpose_truth(company: Company, orders: Iterable[Dollars]) -> Iterator[TruthValue]:
    """What of all marketing cost was for what, and what was sold for all of it."""
    costs = [
        (cost.line.purpose, cost.month, cost.amount)
        for cost in borne_costs(company)
        if cost.line.pool not in POOLS_OUTSIDE_CAC
    ] + [
        (media_purpose(row.campaign.channel, row.campaign.name), row.day, spend(company, row))
        for row in company.ad_days
    ]
    everything = sums((day, amount) for _, day, amount in costs)
    yield from ratios("mer", "all_marketing", sums((sale.day, sale.net_after_refunds) for sale in orders), everything)
    by_purpose = grouped(costs)
    for purpose in ("brand", "activation", "backstage", "retention"):
        yield from ratios("spend_mix_purpose", "", by_purpose.get(purpose, {}), everything, "purpose", purpose)


def media_purpose(channel: str, campaign: str) -> str:
    """As the sheet of sponsorships and the names of campaigns say; the rest is to sell."""
    return "brand" if channel == "sponsorship" else PURPOSES.get(campaign, "activation")
