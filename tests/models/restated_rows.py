"""The shop of money_rows a month later: everything that can move a closed month has moved one."""

from tests.models.money_rows import HOUSE, Rows, google_day

LATE = {"file_id": "late", "exported_at": "2026-07-20 06:00:00"}
RESTATED: Rows = HOUSE | {
    # The day is restated: 70 + 40 instead of 61 + 40.
    "google_ads/campaign_days": [
        *HOUSE["google_ads/campaign_days"],
        google_day("70", "MOBILE", **LATE),
        google_day("40", "DESKTOP", **LATE),
    ],
    # The rate is corrected: 50 EUR of 10 January are 65 instead of 60.
    "template/fx_rates": [
        *HOUSE["template/fx_rates"],
        {"date": "2026-01-09", "currency": "EUR", "rate": "1.3", **LATE},
    ],
    # Finn's first order comes late: 80 at a cost of 30.
    "template/orders": [
        *HOUSE["template/orders"],
        {
            "order_id": "T2", "customer_key": "finn", "ordered_at": "2026-01-20 12:00:00", "gross": "80",
            "currency": "USD", "cogs": "30", "fulfilment": "0", "channel": "Podcast", "status": "paid", **LATE,
        },
    ],
    # The invoice of January's search ads, which the platform has reported already: nothing moves by it.
    "template/costs": [
        *HOUSE["template/costs"],
        {"month": "2026-01-01", "pool": "media", "channel": "Paid Search", "amount": "101", "currency": "USD", **LATE},
    ],
    # 50 of the 200 of #1003, sold in February, are paid back in April.
    "template/refunds": [
        *HOUSE["template/refunds"],
        {
            "refund_id": "R3", "order_id": "#1003", "refunded_at": "2026-04-10 12:00:00", "amount": "50",
            "currency": "USD", **LATE,
        },
    ],
    # p3, an MQL of January, turns out to be p2, an MQL of February.
    "template/people": [*HOUSE["template/people"], HOUSE["template/people"][2] | {"email_key": "bea", **LATE}],
}  # fmt: skip
