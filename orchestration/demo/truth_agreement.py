"""How far the two CRMs tell the same story, and what the difference between their pipelines is made of."""

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal

from orchestration.demo.company import AS_OF_END, DEMO_AS_OF, Company
from orchestration.demo.deals import Deal, HubspotDeal
from orchestration.demo.truth_deals import dollars
from orchestration.demo.truth_people_agreement import UNLIKE_CHANNELS, Side, is_recent, people_agreement, people_sides
from orchestration.demo.truth_values import ZERO, TruthValue, quotient

DATE_TOLERANCE = dt.timedelta(days=1)
PERIODS = (("month", DEMO_AS_OF.replace(day=1)), ("all", None))


def agreement_truth(company: Company) -> Iterator[TruthValue]:
    """Match rates and agreement of deals and people, the gap and how old the newest change is."""
    yield from match_truth("deals", *deal_sides(company))
    pairs = [(copy.original, copy) for copy in company.hubspot_deals if copy.original is not None]
    settled = [pair for pair in pairs if not is_recent(pair[0].changed_at) and not is_recent(pair[1].changed_at)]
    agreeing = sum(agrees(*pair) for pair in settled)
    yield from snapshot("agreement_rate", "", "object", "deals", agreeing, len(settled))
    yield from match_truth("people", *people_sides(company))
    yield from snapshot("agreement_rate", "", "object", "people", *people_agreement(company))
    yield from gap_truth(company, pairs)
    own = company.deals + company.deleted_deals
    yield from freshness_truth("hubspot+deals", (deal.changed_at for deal in company.hubspot_deals))
    yield from freshness_truth("salesforce+opportunities", (deal.changed_at for deal in own))


def snapshot(
    kpi: str, variant: str, dimension: str, member: str, numerator: Decimal | int, denominator: Decimal | int
) -> Iterator[TruthValue]:
    """A figure of the last day, which stands for the last month and for all time."""
    top, bottom = Decimal(numerator), Decimal(denominator)
    for grain, period in PERIODS:
        yield TruthValue(kpi, variant, grain, period, dimension, member, quotient(top, bottom), top, bottom)


def match_truth(thing: str, marketing: Side, sales: Side) -> Iterator[TruthValue]:
    """Matched over all of a side, and over those that had the time to be matched."""
    both = Side(*(getattr(marketing, name) + getattr(sales, name) for name in ("records", "matched", "pending")))
    for name, side in (("marketing_crm", marketing), ("sales_crm", sales), ("both", both)):
        word = "dice" if name == "both" else name
        yield from snapshot("match_rate", word, "object", thing, side.matched, side.records)
        eligible = side.records - side.pending
        yield from snapshot("match_rate", f"eligible_{word}", "object", thing, side.matched, eligible)


def deal_sides(company: Company) -> tuple[Side, Side]:
    """Deals are linked by Salesforce's id."""
    copied = {copy.original.number for copy in company.hubspot_deals if copy.original is not None}
    own = [deal for deal in company.hubspot_deals if deal.original is None]
    missing = [deal for deal in company.deals if deal.number not in copied]
    marketing = Side(len(company.hubspot_deals), len(copied), sum(is_recent(deal.changed_at) for deal in own))
    return marketing, Side(len(company.deals), len(copied), sum(is_recent(deal.changed_at) for deal in missing))


def agrees(deal: Deal, copy: HubspotDeal) -> bool:
    """The same status, amount, close date and source."""
    return (
        deal.status == copy.status
        and deal.amount == copy.amount
        and abs(deal.closed_on - copy.closed_on) <= DATE_TOLERANCE
        and deal.person.channel not in UNLIKE_CHANNELS
    )


def gap_truth(company: Company, pairs: list[tuple[Deal, HubspotDeal]]) -> Iterator[TruthValue]:
    """HubSpot's amount less Salesforce's, of open and of won deals, part by part."""
    copied = {deal.number for deal, _ in pairs}
    for status in ("open", "won"):
        sides = [sum_of(company.hubspot_deals, status), sum_of(company.deals, status)]
        own = [deal for deal in company.hubspot_deals if deal.original is None and not is_recent(deal.changed_at)]
        missing = [deal for deal in company.deals if deal.number not in copied and not is_recent(deal.changed_at)]
        changed = sum(copy.amount - deal.amount for deal, copy in pairs if copy.status == deal.status == status)
        unlike = [(deal, copy) for deal, copy in pairs if deal.status != copy.status]
        lagging = sum_of((copy for _, copy in unlike), status) - sum_of((deal for deal, _ in unlike), status)
        parts = {
            "marketing_amount": sides[0],
            "sales_amount": sides[1],
            "gap": sides[0] - sides[1],
            "only_in_marketing": sum_of(own, status),
            "only_in_sales": -sum_of(missing, status),
            "amount_differences": dollars(changed),
            "status_differences": lagging,
        }
        for part, amount in parts.items():
            yield TruthValue("crm_gap", part, "all", None, "status", status, amount, amount, Decimal(1))


def sum_of(deals: Iterable[Deal | HubspotDeal], status: str) -> Decimal:
    """What the deals of a status are worth."""
    return sum((dollars(deal.amount) for deal in deals if deal.status == status), ZERO)


def freshness_truth(member: str, changes: Iterable[dt.datetime]) -> Iterator[TruthValue]:
    """Hours since the last change, where anything ever changed."""
    newest = max(changes, default=None)
    if newest is not None:
        age = int((AS_OF_END - newest).total_seconds())
        yield from snapshot("freshness", "", "source+object", member, age, 3600)
