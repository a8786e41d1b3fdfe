"""A shop and a service firm in one, January to March 2026: few rows, every figure worked out by hand."""

from typing import Any

Rows = dict[str, list[dict[str, Any]]]

DAY = "2026-01-05"


def google_day(cost: str, device: str, **more: Any) -> dict[str, Any]:
    """A row of the connector: no name, no currency."""
    return {
        "account_id": "111",
        "campaign_id": "c1",
        "day": DAY,
        "spend": cost,
        "breakdown": "campaign+device",
        "member": device,
        "clicks": 10,
        "impressions": 200,
        **more,
    }


def lamp(order_name: str, email_key: str, created_at: str, **more: Any) -> dict[str, Any]:
    """A Shopify order of two desk lamps: goods 2 * 31.50, fulfilment 7.40."""
    first_line = {"order_id": f"9{order_name[1:]}", "email_key": email_key, "created_at": created_at, "currency": "USD"}
    return {"order_name": order_name, **first_line, "line_sku": "LAMP-DESK", "line_quantity": 2, **more}


ADS: Rows = {
    "google_ads/campaign_days": [
        google_day("60", "MOBILE", file_id="old", exported_at="2026-01-06 06:00:00"),
        google_day("39", "DESKTOP", file_id="old", exported_at="2026-01-06 06:00:00"),
        # The day was restated: 61 + 40.
        google_day("61", "MOBILE", file_id="new", exported_at="2026-01-20 06:00:00"),
        google_day("40", "DESKTOP", file_id="new", exported_at="2026-01-20 06:00:00"),
    ],
    "google_ads/campaigns": [
        {"account_id": "111", "campaign_id": "c1", "campaign_name": "Brand", "channel_type": "SEARCH"}
    ],
    "google_ads/accounts": [{"account_id": "111", "currency": "USD"}],
    # Saturday: Friday's rate, 50 EUR * 1.2 = 60.
    "meta_ads/campaign_days": [
        {
            "account_id": "act_1",
            "campaign_name": "Lamps",
            "breakdown": "campaign",
            "day": "2026-01-10",
            "currency": "EUR",
            "spend": "50",
            "impressions": 1000,
            "clicks": 40,
        }
    ],
    "template/ad_spend": [{"date": "2026-02-10", "channel": "Podcast", "spend": "30", "currency": "USD"}],
    "template/fx_rates": [
        {"date": "2026-01-09", "currency": "EUR", "rate": "1.2"},
        {"date": "2026-01-30", "currency": "EUR", "rate": "1.25"},
        {"date": "2026-02-20", "currency": "EUR", "rate": "1.5"},
    ],
    "template/costs": [
        # Converts on 31 January at 1.25: 100 USD, of which 0.8 win customers.
        {"month": "2026-01-01", "pool": "tools", "amount": "80", "currency": "EUR"},
        {"month": "2026-01-01", "pool": "commissions", "amount": "20", "currency": "USD", "acquisition_share": "1"},
        {"month": "2026-01-01", "pool": "other", "amount": "500", "currency": "USD", "is_fixed": True},
    ],
}

SALES: Rows = {
    "shopify/order_lines": [
        # Half of it was refunded before the export of 10 February. Fee: 0.029 * 121 + 0.30 = 3.809.
        lamp(
            "#1001", "ann", "2026-01-15 09:00:00", total="121", taxes="21", refunded_amount="0",
            financial_status="paid", paid_at="2026-01-15 09:00:00", file_id="s1", exported_at="2026-01-16 06:00:00",
        ),
        lamp(
            "#1001", "ann", "2026-01-15 09:00:00", total="121", taxes="21", refunded_amount="60.50",
            financial_status="partially_refunded", paid_at="2026-01-15 09:00:00", file_id="s2",
            exported_at="2026-02-10 06:00:00",
        ),
        lamp("#1002", "bob", "2026-01-20 09:00:00", total="121", taxes="21", financial_status="voided"),
        lamp(
            "#1003", "ann", "2026-02-03 09:00:00", total="200", taxes="0", financial_status="paid",
            paid_at="2026-02-03 09:00:00", line_sku="NO-RATE-CARD",
        ),
    ],
    "template/orders": [
        {
            "order_id": "T1", "customer_key": "cora", "ordered_at": "2026-01-31 12:00:00", "gross": "100",
            "currency": "EUR", "cogs": "40", "fulfilment": "0", "channel": "Podcast", "status": "paid",
        },
    ],
    "template/refunds": [
        {
            "refund_id": "R1", "order_id": "T1", "refunded_at": "2026-02-20 12:00:00", "amount": "100",
            "currency": "EUR",
        },
        {
            "refund_id": "R2", "order_id": "nobody's", "refunded_at": "2026-03-01 12:00:00", "amount": "5",
            "currency": "USD",
        },
    ],
    "template/people": [
        {"person_key": "p1", "email_key": "ann", "created_at": "2026-01-02 09:00:00", "source_channel": "Paid Social"},
        {"person_key": "p2", "email_key": "bea", "created_at": "2026-02-02 09:00:00", "source_channel": "Event"},
        {"person_key": "p3", "email_key": "bo", "created_at": "2026-01-02 09:00:00", "source_channel": "Event"},
    ],
    "template/stage_events": [
        {"person_key": "p2", "stage": "mql", "entered_at": "2026-02-10 09:00:00"},
        {"person_key": "p3", "stage": "mql", "entered_at": "2026-01-12 09:00:00"},
    ],
    "template/opportunities": [
        {
            "opportunity_id": "o1", "customer_key": "dora", "created_at": "2026-01-10 09:00:00", "status": "won",
            "closed_at": "2026-02-15 09:00:00", "opportunity_type": "new", "channel": "Event",
        },
        {
            "opportunity_id": "o2", "customer_key": "eve", "created_at": "2026-01-10 09:00:00", "status": "won",
            "closed_at": "2026-02-16 09:00:00", "opportunity_type": "expansion", "channel": "Event",
        },
    ],
}  # fmt: skip

HOUSE: Rows = ADS | SALES
