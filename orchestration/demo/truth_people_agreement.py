"""Which people both CRMs know, and whether they say the same of them."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from orchestration.demo.company import AS_OF_END, Company
from orchestration.demo.deals import HubspotDeal
from orchestration.demo.prospects import Person
from orchestration.demo.truth_funnel import EXCLUDED

GRACE = dt.timedelta(hours=24)
MERGED_AFTER = dt.timedelta(days=30)
# The portal calls a podcast an offline source; Salesforce knows better.
UNLIKE_CHANNELS = ("sponsorship",)


@dataclass(frozen=True, slots=True)
class Side:
    """The records of one CRM: how many, how many with one partner, how many too young to have one."""

    records: int
    matched: int
    pending: int


def is_recent(at: dt.datetime) -> bool:
    """Whether the other system has not had the time to hear of it."""
    return AS_OF_END - at < GRACE


def people_sides(company: Company) -> tuple[Side, Side]:
    """People are one where each side has one record of them; a second lead that nobody merged leaves it open."""
    real = [person for person in company.people if person.fate not in EXCLUDED]
    in_sales = [person for person in real if person.lead_at or person.contact_at]
    twins = sum(has_twin(person) for person in in_sales)
    in_marketing = [person for person in real if person.hubspot_at]
    matched = len(list(pairs(company)))
    contacts = deals_by_person(company)
    alone = [person for person in in_marketing if not person.lead_at and not person.contact_at]
    young = sum(is_recent(changed_in_hubspot(person, contacts.get(person.number))) for person in alone)
    strangers = [person.contact_at or person.lead_at for person in in_sales if person.hubspot_at is None]
    recent = sum(is_recent(at) for at in strangers if at is not None)
    return Side(len(in_marketing), matched, young), Side(len(in_sales) + twins, matched, recent)


def pairs(company: Company) -> Iterator[Person]:
    """People with one record on each side."""
    for person in company.people:
        is_known = person.hubspot_at is not None and (person.lead_at or person.contact_at) is not None
        if is_known and person.fate not in EXCLUDED and not has_twin(person):
            yield person


def has_twin(person: Person) -> bool:
    """Whether Salesforce has a second lead that nobody merged."""
    return person.lead_duplicate_at is not None and person.number % 3 > 0


def deals_by_person(company: Company) -> dict[int, HubspotDeal]:
    """The HubSpot deal that moves a contact on."""
    return {deal.person.number: deal for deal in company.hubspot_deals if deal.person is not None}


def people_agreement(company: Company) -> tuple[int, int]:
    """Pairs that agree in stage, owner and source, of those that had the time to agree."""
    deals = deals_by_person(company)
    status = {deal.number: deal.status for deal in company.deals}
    agreeing = settled = 0
    for person in pairs(company):
        deal = deals.get(person.number)
        changed_in_sales = person.converted_at or person.lead_at
        if is_recent(changed_in_hubspot(person, deal)) or (changed_in_sales and is_recent(changed_in_sales)):
            continue
        settled += 1
        is_like = marketing_stage(person, deal) == sales_stage(person, status)
        agreeing += is_like and not person.has_old_owner and person.channel not in UNLIKE_CHANNELS
    return agreeing, settled


def marketing_stage(person: Person, deal: HubspotDeal | None) -> str:
    """The lifecycle stage."""
    stages = {entry.stage for entry in person.entries if entry.system == "hubspot"}
    if deal is not None:
        stages.add("won" if deal.status == "won" else "opportunity")
    return next((stage for stage in ("won", "opportunity", "sql", "mql") if stage in stages), "lead")


def sales_stage(person: Person, status: dict[int, str]) -> str:
    """A lead that sales works is an MQL; with its deal it is an opportunity until that is won."""
    if person.converted_at is None:
        return "mql"
    return "won" if status[person.deal_number] == "won" else "opportunity"


def changed_in_hubspot(person: Person, deal: HubspotDeal | None) -> dt.datetime:
    """When the portal changed the contact last."""
    assert person.hubspot_at is not None
    stamps = [person.hubspot_at, *(entry.at for entry in person.entries if entry.system == "hubspot")]
    if person.hubspot_duplicate_at is not None:
        stamps.append(min(person.hubspot_duplicate_at + MERGED_AFTER, AS_OF_END - dt.timedelta(minutes=1)))
    if deal is not None:
        stamps += [deal.changed_at] if deal.status == "won" else [deal.arrived_at]
    return max(stamps)
