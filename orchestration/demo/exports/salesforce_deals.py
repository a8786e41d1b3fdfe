"""Opportunities of Salesforce as they are, and the snapshots that it takes of each change."""

from collections.abc import Iterable

from orchestration.demo.deals import Deal
from orchestration.demo.exports.colleagues import user_id
from orchestration.demo.exports.files import money
from orchestration.demo.exports.salesforce_ids import salesforce_id, stamp
from orchestration.demo.exports.salesforce_people import LEAD_SOURCES, Cells, audit
from orchestration.demo.team import seller

PROBABILITY = {"Qualification": "10", "Proposal/Price Quote": "75", "Negotiation/Review": "90", "Closed Won": "100"}


def deal_cells(deal: Deal) -> Cells:
    """An opportunity, in dollars: the org has one currency."""
    is_closed = deal.status != "open"
    stage = deal.steps[-1].stage
    quarter = (deal.closed_on.month + 2) // 3
    return audit(deal.created_at, deal.changed_at, user_id(seller(deal.person.number))) | {
        "Id": salesforce_id("006", deal.number),
        "IsDeleted": "1" if deal.deleted_at else "",
        "AccountId": salesforce_id("001", deal.account.number),
        "Name": f"{deal.account.name} - lamps",
        "StageName": stage,
        "Amount": money(deal.amount),
        "Probability": PROBABILITY.get(stage, "0"),
        "CloseDate": deal.closed_on.isoformat(),
        "Type": "New Customer" if deal.kind == "new" else "Existing Customer - Upgrade",
        "LeadSource": LEAD_SOURCES.get(deal.person.channel, ""),
        "IsClosed": "1" if is_closed else "",
        "IsWon": "1" if deal.status == "won" else "",
        "ForecastCategory": forecast(stage),
        "ForecastCategoryName": forecast(stage),
        "FiscalQuarter": str(quarter),
        "FiscalYear": str(deal.closed_on.year),
        "Fiscal": f"{deal.closed_on.year} {quarter}",
    }


def forecast(stage: str) -> str:
    """The forecast category of a stage."""
    return {"Closed Won": "Closed", "Closed Lost": "Omitted"}.get(stage, "Pipeline")


def history_rows(deals: list[Deal]) -> Iterable[Cells]:
    """One snapshot a step; those of deleted deals are deleted with them."""
    number = 0
    for deal in deals:
        for step in deal.steps:
            number += 1
            yield {
                "Id": salesforce_id("008", number),
                "OpportunityId": salesforce_id("006", deal.number),
                "CreatedById": user_id(seller(deal.person.number)),
                "CreatedDate": stamp(step.at),
                "StageName": step.stage,
                "Amount": money(step.amount),
                "ExpectedRevenue": money(step.amount * int(PROBABILITY.get(step.stage, "0")) // 100),
                "CloseDate": step.closed_on.isoformat(),
                "Probability": PROBABILITY.get(step.stage, "0"),
                "ForecastCategory": forecast(step.stage),
                "SystemModstamp": stamp(step.at),
                "IsDeleted": "1" if deal.deleted_at else "",
            }
