"""Salesforce objects as full dumps: API names, 18-character ids, booleans as 1 or blank, +0000 stamps."""

import datetime as dt
from collections.abc import Iterable

from orchestration.demo.company import Company
from orchestration.demo.exports.colleagues import user_id, user_rows
from orchestration.demo.exports.files import BOM, ExportFile, csv_text, header
from orchestration.demo.exports.salesforce_campaigns import campaign_rows, member_rows
from orchestration.demo.exports.salesforce_deals import deal_cells, history_rows
from orchestration.demo.exports.salesforce_ids import salesforce_id
from orchestration.demo.exports.salesforce_people import Cells, audit, contact_cells, lead_rows
from orchestration.demo.exports.salesforce_tasks import task_rows
from orchestration.demo.prospects import Account, Person
from orchestration.demo.team import seller

WRITTEN_AT = dt.datetime(2026, 7, 1, 4)


def salesforce_files(company: Company) -> Iterable[ExportFile]:
    """One dump per object."""
    people = company.people
    yield dump("Lead", lead_rows(people))
    yield dump("Contact", [contact_cells(person) for person in people if is_contact(person)])
    yield dump("Account", [account_cells(account) for account in company.accounts])
    deals = company.deals + company.deleted_deals
    yield dump("Opportunity", [deal_cells(deal) for deal in deals])
    yield dump("OpportunityHistory", history_rows(deals))
    yield dump("Campaign", campaign_rows())
    yield dump("CampaignMember", member_rows(people))
    yield dump("Task", task_rows(people))
    yield dump("User", user_rows())


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
    return audit(account.created_at, account.created_at, user_id(seller(account.number))) | {
        "Id": salesforce_id("001", account.number),
        "Name": account.name,
        "Type": "Customer - Direct",
    }
