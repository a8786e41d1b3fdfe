"""The HubSpot deals export: copies of Salesforce's opportunities, with its id in a property of their own."""

import datetime as dt
from collections.abc import Iterable

from orchestration.demo.company import Company
from orchestration.demo.deals import HubspotDeal
from orchestration.demo.exports.files import ExportFile, csv_text, money
from orchestration.demo.exports.hubspot import contact_id, minute
from orchestration.demo.exports.salesforce_ids import salesforce_id
from orchestration.demo.team import seller

HEADER = (
    "Record ID", "Deal Name", "Pipeline", "Deal Stage", "Amount", "Close Date", "Deal owner", "Create Date",
    "Last Modified Date", "Deal Type", "Associated Contact IDs", "Salesforce Opportunity ID",
)  # fmt: skip
FIRST_ID = 18_400_300
WRITTEN_AT = dt.datetime(2026, 7, 1, 10)


def hubspot_deal_files(company: Company) -> Iterable[ExportFile]:
    """All deals now."""
    rows = [list(HEADER), *(deal_row(deal) for deal in company.hubspot_deals)]
    content = csv_text(rows, quote_all=True).encode()
    yield ExportFile("hubspot/hubspot-crm-exports-all-deals.csv", WRITTEN_AT, content)


def deal_row(deal: HubspotDeal) -> list[str]:
    """A deal; one of HubSpot's own has no partner and nobody linked a contact to it."""
    original = deal.original
    person = original.person if original else None
    is_new = original is None or original.kind == "new"
    cells = dict.fromkeys(HEADER, "") | {
        "Record ID": str(FIRST_ID + deal.number),
        "Deal Name": f"{original.account.name} - lamps" if original else f"Office fair {deal.number}",
        "Pipeline": "Sales Pipeline",
        "Deal Stage": deal.stage,
        "Amount": money(deal.amount),
        "Close Date": minute(dt.datetime.combine(deal.closed_on, dt.time(17))),
        "Deal owner": seller(person.number if person else deal.number).name,
        "Create Date": minute(deal.created_at),
        "Last Modified Date": minute(deal.changed_at),
        "Deal Type": "New Business" if is_new else "Existing Business",
        "Associated Contact IDs": contact_id(person) if person and person.hubspot_at else "",
        "Salesforce Opportunity ID": salesforce_id("006", original.number) if original else "",
    }
    return list(cells.values())
