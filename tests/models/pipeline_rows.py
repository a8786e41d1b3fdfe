"""Deals with one story each, as rows of a small lake; reporting in USD and UTC, as_of 2026-06-30."""

from typing import Any

from tests.models.people_rows import Rows, together


def versions(deal: str, created: str, *states: dict[str, Any], **same: Any) -> Rows:
    """Successive exports of a deal of the template, each with the day on which it changed."""
    rows = [
        {"opportunity_id": deal, "created_at": f"{created} 09:00", "status": "open", "updated_at": f"{created} 09:00",
         **same, **state}
        for state in states
    ]  # fmt: skip
    return {"template/opportunities": rows}


def closed(status: str, day: str, **more: Any) -> dict[str, Any]:
    return {"status": status, "closed_at": f"{day} 09:00", "updated_at": f"{day} 09:00", **more}


# Created at 1000, raised to 1500 in May; sales owns it and names its source.
RAISED = versions(
    "raised", "2026-04-10", {"amount": 1000}, {"amount": 1500, "updated_at": "2026-05-20 09:00"},
    owner="Ann", source_group="Sales",
)  # fmt: skip
# Lost in April, opened again in May, won in June: 66 days after it was created.
REOPENED = versions(
    "reopened", "2026-04-05", {}, closed("lost", "2026-04-20"), {"updated_at": "2026-05-05 09:00"},
    closed("won", "2026-06-10"), amount=400, channel="Partner",
)  # fmt: skip
# Lost, and won later with nothing between: 23 days after it was created.
LOST_THEN_WON = versions(
    "lost_then_won", "2026-05-02", {}, closed("lost", "2026-05-12"), closed("won", "2026-05-25"), amount=300
)
NO_AMOUNT = versions("no_amount", "2026-04-15", {})
# 1 EUR is 1.10 USD in April, 1.20 in May and 1.15 in June; raised to 1500 EUR in June.
EURO = versions(
    "euro", "2026-04-20", {"amount": 1000}, {"amount": 1500, "updated_at": "2026-06-15 09:00"}, currency="EUR"
)
RATES: Rows = {
    "template/fx_rates": [
        {"currency": "EUR", "date": f"2026-{month}-{day:02}", "rate": rate}
        for month, rate in (("04", 1.10), ("05", 1.20), ("06", 1.15))
        for day in (1, 8, 15, 22, 29)
    ]
}
EXPANSION = versions("expansion", "2026-04-11", closed("won", "2026-05-11"), amount=5000, opportunity_type="Expansion")
DUPLICATE = versions(
    "duplicate", "2026-04-12", {}, {"is_duplicate": True, "updated_at": "2026-05-15 09:00"}, amount=700
)
# March closes two deals and wins none of them.
LOST = together(
    [
        versions("lost_a", "2026-03-02", closed("lost", "2026-03-10"), amount=100),
        versions("lost_b", "2026-03-02", closed("lost", "2026-03-20"), amount=200),
    ]
)
# December wins five deals of 100, 100, 200, 300 and 800 after 2, 4, 8, 12 and 20 days.
WON = together(
    [
        versions(f"won_{day}", "2025-12-01", closed("won", f"2025-12-{day:02}"), amount=amount)
        for day, amount in ((3, 100), (5, 100), (9, 200), (13, 300), (21, 800))
    ]
)
# Deleted in June; and a deal whose history says that it began with 500.
SALESFORCE: Rows = {
    "salesforce/opportunities": [
        {"opportunity_id": "006D", "created_at": "2026-04-13 09:00", "stage": "Negotiation", "amount": 600,
         "updated_at": "2026-04-13 09:00"},
        {"opportunity_id": "006D", "created_at": "2026-04-13 09:00", "stage": "Negotiation", "amount": 600,
         "updated_at": "2026-06-05 09:00", "is_deleted": True},
        {"opportunity_id": "006H", "created_at": "2026-06-01 09:00", "stage": "Negotiation", "amount": 900,
         "updated_at": "2026-06-20 09:00"},
    ],
    "salesforce/opportunity_field_history": [
        {"history_id": "1", "opportunity_id": "006H", "field": "Amount", "old_value": "500.0", "new_value": "900.0",
         "changed_at": "2026-06-20 09:00"},
    ],
}  # fmt: skip
# Three contacts: two touched by e-mail, one of them at a fair too; the third only before the window (3 February on).
BUYING_GROUP: Rows = {
    "hubspot/deals": [
        {"deal_id": "group", "created_at": "2026-05-04 09:00", "stage": "Contract Sent", "amount": 800,
         "contact_keys": "hs_a;hs_b;hs_c", "updated_at": "2026-05-10 09:00"},
    ],
    "hubspot/deal_property_history": [
        {"deal_id": "group", "property": "amount", "value": value, "changed_at": at}
        for value, at in (("750", "2026-05-04 09:00"), ("800", "2026-05-10 09:00"))
    ],
    "hubspot/contacts": [
        {"contact_key": f"hs_{who}", "email_key": f"e_{who}", "created_at": "2026-01-02 09:00"} for who in "abc"
    ],
    "salesforce/leads": [
        {"lead_key": f"lead_{who}", "email_key": f"e_{who}", "created_at": "2026-01-02 09:00", "status": "Open",
         "updated_at": "2026-01-02 09:00"}
        for who in "abc"
    ],
    "salesforce/campaigns": [
        {"campaign_id": "701", "campaign_type": "Email"}, {"campaign_id": "702", "campaign_type": "Event"},
        {"campaign_id": "703", "campaign_type": "Paid Search"},
    ],
    "salesforce/campaign_members": [
        {"campaign_member_id": f"00v{number}", "campaign_id": campaign, "lead_key": f"lead_{who}",
         "has_responded": True, "first_responded_date": day, "created_at": "2026-01-02 09:00"}
        for number, (who, campaign, day) in enumerate((
            ("a", "701", "2026-04-20"), ("a", "702", "2026-04-25"), ("b", "701", "2026-04-28"),
            ("c", "703", "2026-02-02"),
        ))
    ],
}  # fmt: skip

DEALS = together(
    [
        RAISED, REOPENED, LOST_THEN_WON, NO_AMOUNT, EURO, RATES, EXPANSION, DUPLICATE, LOST, WON, SALESFORCE,
        BUYING_GROUP,
    ]
)  # fmt: skip
