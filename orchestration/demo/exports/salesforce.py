"""Salesforce objects as full dumps: API names, 18-character ids, booleans as 1 or blank, +0000 stamps."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from orchestration.demo.company import LAST_INSTANT, Account, Company, Deal, Person
from orchestration.demo.exports.files import BOM, ExportFile, csv_text, header, money
from orchestration.demo.exports.salesforce_campaigns import campaign_rows, member_rows
from orchestration.demo.exports.salesforce_ids import salesforce_id, stamp
from orchestration.demo.names import shouted

WRITTEN_AT = dt.datetime(2026, 7, 1, 4)
LEAD_SOURCES = {"paid_search": "Paid Search", "paid_social": "Paid Social", "organic_search": "Organic Search"}
LEAD_SOURCES |= {"referral": "Referral", "sponsorship": "Sponsorship"}
OWNER = salesforce_id("005", 1)
Cells = dict[str, Any]


def salesforce_files(company: Company) -> Iterable[ExportFile]:
    """One dump per object."""
    people = company.people
    yield dump("Lead", lead_rows(people))
    yield dump("Contact", [contact_cells(person) for person in people if is_contact(person)])
    yield dump("Account", [account_cells(account) for account in company.accounts])
    yield dump("Opportunity", [deal_cells(deal) for deal in company.deals])
    yield dump("Campaign", campaign_rows())
    yield dump("CampaignMember", member_rows(people))


def dump(name: str, rows: Iterable[Cells]) -> ExportFile:
    """A file of the object's rows; fields that nobody filled in are blank."""
    columns = header(f"salesforce_{name}")
    blank = dict.fromkeys(columns, "")
    lines = [columns, *(list((blank | row).values()) for row in rows)]
    return ExportFile(f"salesforce/{name}.csv", WRITTEN_AT, (BOM + csv_text(lines)).encode())


def is_contact(person: Person) -> bool:
    """Converted leads and colleagues entered by hand."""
    return person.converted_at is not None or person.contact_at is not None


def audit(created_at: dt.datetime, modified_at: dt.datetime) -> Cells:
    """The fields that every object has."""
    return {
        "OwnerId": OWNER,
        "CreatedDate": stamp(created_at),
        "CreatedById": OWNER,
        "LastModifiedDate": stamp(modified_at),
        "LastModifiedById": OWNER,
        "SystemModstamp": stamp(modified_at),
    }


def person_cells(person: Person, number: int) -> Cells:
    """Name and address; the address as whoever typed it liked it."""
    return {
        "LastName": person.last_name,
        "FirstName": person.first_name,
        "Name": f"{person.first_name} {person.last_name}",
        "Email": shouted(person.email, number),
    }


def lead_rows(people: list[Person]) -> Iterable[Cells]:
    """Every lead, and the second record that some people have: merged away or still there."""
    for person in people:
        if person.lead_at is None:
            continue
        yield lead_cells(person)
        if person.lead_duplicate_at is not None:
            is_merged = person.number % 3 == 0
            yield (
                person_cells(person, 1)
                | audit(person.lead_duplicate_at, person.lead_duplicate_at)
                | {
                    "Id": salesforce_id("00Q", 2 * person.number + 1),
                    "IsDeleted": "1" if is_merged else "",
                    "MasterRecordId": salesforce_id("00Q", 2 * person.number) if is_merged else "",
                    "Company": "unknown",
                    "LeadSource": "Web",
                    "Status": "Open - Not Contacted",
                }
            )


def lead_cells(person: Person) -> Cells:
    """A lead; once converted it points to contact, account and opportunity."""
    assert person.lead_at is not None
    converted = person.converted_at
    cells = (
        person_cells(person, person.number)
        | audit(person.lead_at, converted or person.lead_at)
        | {
            "Id": salesforce_id("00Q", 2 * person.number),
            "Company": person.account.name if person.account else "Offices of " + person.last_name,
            "LeadSource": LEAD_SOURCES[person.channel],
            "Status": "Closed - Converted" if converted else "Working - Contacted",
        }
    )
    if converted is not None and person.account is not None:
        cells |= {
            "IsConverted": "1",
            "ConvertedDate": converted.date().isoformat(),
            "ConvertedAccountId": salesforce_id("001", person.account.number),
            "ConvertedContactId": salesforce_id("003", person.number),
            "ConvertedOpportunityId": salesforce_id("006", person.deal_number),
        }
    return cells


def contact_cells(person: Person) -> Cells:
    """A contact of an account."""
    assert person.account is not None
    created_at = person.converted_at or person.contact_at
    assert created_at is not None
    return (
        person_cells(person, person.number + 2)
        | audit(created_at, created_at)
        | {
            "Id": salesforce_id("003", person.number),
            "AccountId": salesforce_id("001", person.account.number),
            "LeadSource": LEAD_SOURCES.get(person.channel, ""),
        }
    )


def account_cells(account: Account) -> Cells:
    """An office."""
    return audit(account.created_at, account.created_at) | {
        "Id": salesforce_id("001", account.number),
        "Name": account.name,
        "Type": "Customer - Direct",
    }


def deal_cells(deal: Deal) -> Cells:
    """An opportunity, in dollars: the org has one currency."""
    is_closed = deal.status != "open"
    stage = {"open": "Proposal/Price Quote", "won": "Closed Won", "lost": "Closed Lost"}[deal.status]
    closed_at = dt.datetime.combine(deal.closed_on, dt.time(17)) if is_closed else deal.created_at
    category = "Closed" if deal.status == "won" else "Omitted" if is_closed else "Pipeline"
    quarter = (deal.closed_on.month + 2) // 3
    return audit(deal.created_at, min(closed_at, LAST_INSTANT)) | {
        "Id": salesforce_id("006", deal.number),
        "AccountId": salesforce_id("001", deal.account.number),
        "Name": f"{deal.account.name} - lamps",
        "StageName": stage,
        "Amount": money(deal.amount),
        "Probability": {"open": "75", "won": "100", "lost": "0"}[deal.status],
        "CloseDate": deal.closed_on.isoformat(),
        "Type": "New Customer" if deal.kind == "new" else "Existing Customer - Upgrade",
        "LeadSource": LEAD_SOURCES.get(deal.person.channel, ""),
        "IsClosed": "1" if is_closed else "",
        "IsWon": "1" if deal.status == "won" else "",
        "ForecastCategory": category,
        "ForecastCategoryName": category,
        "FiscalQuarter": str(quarter),
        "FiscalYear": str(deal.closed_on.year),
        "Fiscal": f"{deal.closed_on.year} {quarter}",
    }
