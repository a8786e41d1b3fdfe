"""The shop of money_rows in two exports: what was known at the end of February, and a month later with everything moved."""

from typing import Any

from tests.models.money_rows import HOUSE, Rows, google_day

PEOPLE: list[dict[str, Any]] = [
    {"person_key": "p2", "email_key": "bea", "created_at": "2026-02-02 09:00:00", "source_channel": "Event"},
    {"person_key": "p3", "email_key": "bo", "created_at": "2026-01-02 09:00:00", "source_channel": "Event"},
]
STAGES: list[dict[str, Any]] = [
    {"person_key": "p2", "stage": "mql", "entered_at": "2026-02-10 09:00:00"},
    {"person_key": "p3", "stage": "mql", "entered_at": "2026-01-12 09:00:00"},
]
BEFORE: Rows = HOUSE | {
    "template/people": [*HOUSE["template/people"], *PEOPLE],
    "template/stage_events": STAGES,
    # Of March nothing is known yet.
    "template/refunds": HOUSE["template/refunds"][:1],
}
LATE = {"file_id": "late", "exported_at": "2026-07-20 06:00:00"}
AFTER: Rows = BEFORE | {
    # The day is restated: 70 + 40 instead of 61 + 40.
    "google_ads/campaign_days": [
        *BEFORE["google_ads/campaign_days"],
        google_day("70", "MOBILE", **LATE),
        google_day("40", "DESKTOP", **LATE),
    ],
    # 50 EUR of 10 January are 65 instead of 60.
    "template/fx_rates": [
        *BEFORE["template/fx_rates"],
        {"date": "2026-01-09", "currency": "EUR", "rate": "1.3", **LATE},
    ],
    # Finn's first order comes late: 80 at a cost of 30.
    "template/orders": [
        *BEFORE["template/orders"],
        {
            "order_id": "T2", "customer_key": "finn", "ordered_at": "2026-01-20 12:00:00", "gross": "80",
            "currency": "USD", "cogs": "30", "fulfilment": "0", "channel": "Podcast", "status": "paid", **LATE,
        },
    ],
    # 50 of the 200 of #1003, sold in February, are paid back in March.
    "template/refunds": [
        *HOUSE["template/refunds"],
        {
            "refund_id": "R3", "order_id": "#1003", "refunded_at": "2026-03-10 12:00:00", "amount": "50",
            "currency": "USD", **LATE,
        },
    ],
    # p3 turns out to be p2: one address.
    "template/people": [*BEFORE["template/people"], PEOPLE[1] | {"email_key": "bea", **LATE}],
}  # fmt: skip
