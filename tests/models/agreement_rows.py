"""Two CRMs that nearly agree, as rows of a small lake; reporting timezone UTC, as_of 2026-06-30, grace 24 hours."""

from typing import Any

Row = dict[str, Any]
Rows = dict[str, list[Row]]
OLD = "2026-05-20 09:00"


def hubspot_deal(number: str, amount: float, **more: Any) -> Row:
    """An open deal of May; no owner, no contact."""
    plain = {"stage": "Contract sent", "currency": "USD", "created_at": "2026-05-01 09:00", "updated_at": OLD}
    return {"deal_id": number, "amount": amount} | plain | more


def opportunity(letter: str, amount: float, **more: Any) -> Row:
    """An open opportunity of May; no owner, no account."""
    plain = {"stage": "Negotiation", "currency": "USD", "created_at": "2026-05-01 09:00", "updated_at": OLD}
    return {"opportunity_id": f"006{letter}", "amount": amount, "is_closed": False, "is_won": False} | plain | more


def contact(key: str, lifecycle: str, **more: Any) -> Row:
    """A HubSpot contact with the address of its key."""
    plain = {"email_key": f"e_{key}", "created_at": "2026-04-01 09:00", "updated_at": OLD}
    return {"contact_key": f"hs_{key}", "lifecycle_stage": lifecycle} | plain | more


def lead(key: str, status: str, **more: Any) -> Row:
    """A Salesforce lead with the address of its key."""
    plain = {"email_key": f"e_{key}", "created_at": "2026-04-01 09:00", "updated_at": OLD}
    return {"lead_key": f"lead_{key}", "status": status} | plain | more


def converted(key: str, letter: str | None = None, **more: Any) -> Row:
    """A lead that became an opportunity, or a contact alone."""
    made = {"is_converted": True, "converted_date": "2026-05-01"}
    opened = {"converted_opportunity_id": f"006{letter}"} if letter else {}
    return lead(key, "Closed - Converted", **made, **opened, **more)


WON = {"is_closed": True, "is_won": True, "stage": "Closed Won"}
AGREEMENT: Rows = {
    "hubspot/deals": [
        # Matched by the id: a cent and a day apart, which is within the tolerances.
        hubspot_deal("1", 1000, external_id="006A", closed_at="2026-07-10 09:00", owner="77"),
        # Two cents and two days apart.
        hubspot_deal("2", 500, external_id="006B", closed_at="2026-07-10 09:00", updated_at="2026-06-20 09:00"),
        # Matched by person and day, a day apart; one system says dollars, the other euros.
        hubspot_deal("3", 100, created_at="2026-06-01 09:00", contact_keys="hs_three"),
        # One deal, two opportunities of the same person and day.
        hubspot_deal("4", 300, contact_keys="hs_four"),
        # Two deals name one opportunity.
        hubspot_deal("5a", 40, external_id="006F"),
        hubspot_deal("5b", 40, external_id="006F"),
        # Alone since noon, and since May.
        hubspot_deal("6", 70, updated_at="2026-06-30 12:00"),
        hubspot_deal("7", 25),
        # Won in HubSpot alone, since the evening.
        hubspot_deal(
            "8", 200, external_id="006H", stage="Closed won", closed_at="2026-06-10 09:00",
            updated_at="2026-06-30 20:00",
        ),
        # Won in both, at other rates and with a euro more.
        hubspot_deal("9", 1001, external_id="006I", currency="EUR", stage="Closed won", closed_at="2026-06-10 09:00"),
        # The contact belongs to the account of the opportunity.
        hubspot_deal("10", 60, created_at="2026-03-03 09:00", contact_keys="hs_ten"),
        hubspot_deal("11", 9, is_deleted=True),
    ],
    "salesforce/opportunities": [
        opportunity("A", 1000.01, close_date="2026-07-11", owner_id="005A"),
        opportunity("B", 500.02, close_date="2026-07-12", updated_at="2026-06-25 09:00"),
        opportunity("C", 100, currency="EUR", created_at="2026-06-02 09:00", lead_source="Paid Search"),
        opportunity("D", 100),
        opportunity("E", 150),
        opportunity("F", 40),
        # Changed exactly 24 hours before the end of as_of: no longer within the grace.
        opportunity("G", 30, updated_at="2026-06-30 00:00"),
        opportunity("H", 200, close_date="2026-06-10"),
        opportunity("I", 1000, currency="EUR", close_date="2026-06-12", **WON),
        opportunity("J", 60, created_at="2026-03-03 17:00", account_key="acc"),
    ],
    "hubspot/contacts": [
        contact("three", "Opportunity", original_source="Paid Search"),
        contact("four", "Opportunity"),
        contact("ten", "Lead"),
        contact("mql", "MQL"),
        contact("behind", "Lead"),
        contact("alone", "Lead"),
        contact("gone", "Lead", is_deleted=True),
    ],
    "salesforce/leads": [
        converted("three", "C", lead_source="Paid Search"),
        converted("four", "D") | {"lead_key": "lead_four_a"},
        converted("four", "E") | {"lead_key": "lead_four_b"},
        # Accepted by sales is an MQL where HubSpot has no word for it.
        lead("mql", "Accepted"),
        # The lead is the contact that it became, and further than HubSpot says.
        converted("behind", converted_contact_key="con_behind"),
        lead("only", "Open"),
        lead("new", "Open", updated_at="2026-06-30 18:00"),
    ],
    "salesforce/contacts": [
        {"contact_key": "con_behind", "email_key": "e_behind", "created_at": "2026-05-01 09:00", "updated_at": OLD},
        # Never a lead, so that nothing can be said of a stage.
        {"contact_key": "con_ten", "email_key": "e_ten", "account_key": "acc", "created_at": "2026-03-01 09:00"},
    ],
    "salesforce/accounts": [{"account_key": "acc", "created_at": "2026-03-01 09:00"}],
    "salesforce/users": [{"user_id": "005A", "email_key": "e_ann"}],
    "hubspot/owners": [{"owner_id": "77", "email_key": "e_ann"}],
    "template/fx_rates": [
        {"date": "2026-06-10", "currency": "EUR", "rate": 1.10},
        {"date": "2026-06-12", "currency": "EUR", "rate": 1.15},
        {"date": "2026-06-29", "currency": "EUR", "rate": 1.20},
    ],
}  # fmt: skip
# What platforms claim in June, and the customers who came then: two by paid search, which Google and Bing both sell.
CLAIMS: Rows = {
    "template/ad_spend": [
        {"date": "2026-06-05", "platform": platform, "channel": channel, "spend": 10, "currency": "USD",
         "conversions": claimed}
        for platform, channel, claimed in (
            ("google", "paid_search", 3), ("bing", "paid_search", 2), ("meta", "paid_social", 4),
            ("linkedin", "paid_social", None),
        )
    ],
    "template/customers": [
        {"customer_key": key, "source_channel": channel}
        for key, channel in (("c1", "paid_search"), ("c2", "paid_search"), ("c3", "referral"))
    ],
    "template/orders": [
        {"order_id": key, "customer_key": key, "ordered_at": "2026-06-08 09:00", "gross": 10, "currency": "USD"}
        for key in ("c1", "c2", "c3")
    ],
}  # fmt: skip
# Four people are MQLs, all in May: three, four, behind (converted on the 1st) and mql (seen accepted on the 20th).
PROMISES: Rows = {
    "template/kpi_targets": [
        {"kpi": "mqls", "period_start": "2026-04-01", "period_end": "2026-04-30", "target": 1},
        {"kpi": "mqls", "period_start": "2026-05-01", "period_end": "2026-05-31", "target": 4},
        # A target of one channel is not that of all.
        {"kpi": "mqls", "period_start": "2026-06-01", "period_end": "2026-06-30", "target": 0, "channel": "email"},
    ],
    "template/commitments": [
        {"commitment": "Forecast sent", "owner_team": "Sales", "due_date": "2026-06-15", "is_kept": True},
        {"commitment": "Review held", "owner_team": "marketing", "due_date": "2026-06-20", "is_kept": False},
        {"commitment": "Cards written", "owner_team": "marketing", "due_date": "2026-06-25"},
        {"commitment": "Workshop", "owner_team": "sales", "due_date": "2026-07-05", "is_kept": True},
    ],
    "template/decisions": [
        {"decision_id": "D-1", "decision": "Mend the form", "owner_team": "Marketing", "owner": "o_ann",
         "decided_date": "2026-06-01", "due_date": "2026-06-12"},
        {"decision_id": "D-2", "decision": "Stop the radio", "owner_team": "marketing", "decided_date": "2026-06-08",
         "due_date": "2026-06-30", "closed_date": "2026-06-20", "note": "half a month early"},
        {"decision_id": "D-3", "decision": "Ask the lawyers", "owner_team": "sales", "decided_date": "2026-06-30"},
    ],
}  # fmt: skip
