"""Salesforce objects as full dumps: API names, 18-character ids, booleans as 1 or blank, +0000 stamps."""

import datetime as dt
from collections.abc import Iterable

from orchestration.demo.company import LAST_INSTANT, Company
from orchestration.demo.exports.files import BOM, ExportFile, csv_text, header, money
from orchestration.demo.exports.salesforce_campaigns import campaign_rows, member_rows
from orchestration.demo.exports.salesforce_ids import salesforce_id
from orchestration.demo.exports.salesforce_people import LEAD_SOURCES, Cells, audit, contact_cells, lead_rows
from orchestration.demo.prospects import Account, Deal, Person

WRITTEN_AT = dt.datetime(2026, 7, 1, 4)


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
