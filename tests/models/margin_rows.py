"""A lamp shop that grooms dogs, January to April 2026: the cases that margins get wrong, in few rows."""

from typing import Any

Rows = dict[str, list[dict[str, Any]]]


def sale(order_id: str, email_key: str, day: str, total: str, **more: Any) -> dict[str, Any]:
    """An order of the shop's connector; it costs 7.40 of fulfilment and 0.30 + 2.9 % of payment."""
    return {
        "order_id": order_id, "order_name": f"#{order_id}", "email_key": email_key, "created_at": f"{day} 09:00:00",
        "updated_at": f"{day} 09:00:00", "currency": "USD", "total": total, "taxes": "0", "financial_status": "paid",
        **more,
    }  # fmt: skip


def item(order_id: str, number: int, sku: str, price: str, quantity: int = 1) -> dict[str, Any]:
    return {
        "order_item_id": f"{order_id}-{number}", "order_id": order_id, "sku": sku, "unit_price": price,
        "quantity": quantity,
    }  # fmt: skip


def groom(order_id: str, day: str, **more: Any) -> dict[str, Any]:
    return {"order_id": order_id, "customer_key": "dave", "ordered_at": f"{day} 10:00:00", "currency": "USD", **more}


def ad(campaign: str, day: str, spend: str) -> dict[str, Any]:
    return {"date": day, "channel": "Paid Social", "campaign": campaign, "spend": spend, "currency": "USD"}


MARGINS: Rows = {
    "shopify/orders": [
        # 100 net, shipping included, of two lines; nobody knows what a shade costs.
        sale("S1", "ann", "2026-01-10", "121", taxes="21"),
        # 30 of 100 go back in February.
        sale("S2", "bob", "2026-01-20", "100"),
        # 100 EUR at 1.10, all of it paid back when the rate is 1.30.
        sale("S3", "cora", "2026-01-25", "100", currency="EUR"),
        sale("S4", "bob", "2026-02-25", "80"),
    ],
    "shopify/order_items": [
        item("S1", 1, "LAMP", "30", 2), item("S1", 2, "SHADE", "40"), item("S2", 1, "LAMP", "50"),
        item("S2", 2, "LAMP", "50"), item("S3", 1, "LAMP", "100"), item("S4", 1, "LAMP", "80"),
    ],
    "shopify/inventory_items": [{"inventory_item_id": "lamp", "sku": "LAMP", "unit_cost": "10", "currency": "USD"}],
    "shopify/refunds": [
        {
            "refund_id": "a", "order_id": "S2", "refunded_at": "2026-02-15 10:00:00", "total": "30", "currency": "USD",
        },
        {
            "refund_id": "b", "order_id": "S3", "refunded_at": "2026-03-01 10:00:00", "total": "100", "currency": "EUR",
        },
    ],
    "template/orders": [
        # The first job is free: 7 of cost, no revenue, no customer yet.
        groom("T1", "2026-01-05", gross="0", cogs="5", fulfilment="2", hours="1"),
        groom("T2", "2026-02-03", gross="60", cogs="10", fulfilment="5", hours="1.5"),
    ],
    "template/customers": [{"customer_key": "dave", "segment": "poodles"}],
    "template/people": [{"person_key": "p", "customer_key": "dave", "created_at": "2026-01-04 09:00:00"}],
    "template/identities": [{"visitor_key": "v", "person_key": "p", "identified_at": "2026-01-04 09:00:00"}],
    "template/touches": [
        {
            "touch_id": "t", "visitor_key": "v", "touched_at": "2026-02-02 09:00:00", "channel": "paid_social",
            "campaign": "SPRING",
        },
        # Dave saw the other one, too, and did not come.
        {
            "touch_id": "u", "visitor_key": "v", "touched_at": "2026-03-02 09:00:00", "channel": "paid_social",
            "campaign": "Lost",
        },
    ],
    "template/ad_spend": [ad("Spring", "2026-02-01", "20"), ad("Lost", "2026-02-04", "100")],
    "google_ads/campaign_days": [
        {
            "account_id": "1", "campaign_id": "g", "campaign_name": "Lamps", "day": "2026-02-05", "currency": "USD",
            "spend": "50", "conversions": "2", "conversions_value": "200", "breakdown": "campaign",
        },
    ],
    "template/costs": [
        {"month": "2026-02-01", "pool": "other", "amount": "90", "currency": "USD", "is_fixed": True},
    ],
    "template/fx_rates": [
        {"date": "2026-01-25", "currency": "EUR", "rate": "1.10"},
        {"date": "2026-03-01", "currency": "EUR", "rate": "1.30"},
    ],
    # S1 100 + S2 100 + S3 110: what was invoiced in January.
    "quickbooks/ledger_rows": [
        {
            "report": "profit_and_loss", "period_start": "2026-01-01", "period_end": "2026-01-31", "day": "2026-01-01",
            "account": "Sales", "class": "income", "amount": "310", "currency": "USD",
        },
    ],
}  # fmt: skip
