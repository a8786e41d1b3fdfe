"""Customers with one story each, as rows of a small lake; reporting in USD and UTC, as_of 2026-06-29."""

from typing import Any

from tests.models.people_rows import Rows, together


def order(order_id: str, customer: str, at: str, **more: Any) -> Rows:
    """A paid order of 100 that leaves a CM2 of 50, unless told otherwise."""
    row = {
        "order_id": order_id, "customer_key": customer, "ordered_at": at, "gross": 100, "currency": "USD",
        "cogs": 40, "fulfilment": 10, **more,
    }  # fmt: skip
    return {"template/orders": [row]}


def customer(key: str, **more: Any) -> Rows:
    return {"template/customers": [{"customer_key": key, **more}]}


# Bought again in the last second of the 60th day after the first order; a second later is too late. A friend's word.
EDGE = together(
    [
        order("e1", "edge", "2026-01-10 09:00:00"), order("e2", "edge", "2026-03-11 23:59:59"),
        customer("edge", referred_by_key="late", source_channel="Paid Search"),
    ]
)  # fmt: skip
# The second order does not know its cost.
LATE = together(
    [
        order("l1", "late", "2026-01-10 09:00:00"), order("l2", "late", "2026-03-12 00:00:00", cogs=None),
        customer("late", source_channel="Word of mouth"),
    ]
)  # fmt: skip
# Two orders of a day are one visit.
TWICE = together(
    [
        order("t1", "twice", "2026-01-20 09:00:00", channel="Flyers"),
        order("t2", "twice", "2026-01-20 17:00:00", channel="Flyers"),
    ]
)
# In the shop by e-mail, in the template by number: one customer. The shop does not know its cost.
BOTH: Rows = together(
    [
        {
            "template/people": [
                {"person_key": "p", "created_at": "2026-01-02 09:00", "email_key": "mail", "customer_key": "both"}
            ],
            "shopify/order_lines": [
                {
                    "order_id": "91", "order_name": "#1", "email_key": "mail", "created_at": "2026-01-15 09:00:00",
                    "currency": "USD", "total": 80, "taxes": 0, "financial_status": "paid",
                    "paid_at": "2026-01-15 09:00:00", "line_sku": "NO-RATE-CARD", "line_quantity": 1,
                }
            ],
        },
        order("b1", "both", "2026-02-01 09:00:00"),
    ]
)  # fmt: skip
# Every ten days at first, then gaps of 42 and 84 days: lapsed in May, back in June.
BACK = together(
    [
        *(order(f"k{day}", "back", f"2026-{day} 09:00:00") for day in ("01-25", "02-04", "02-14", "03-28", "06-20")),
        customer("back", source_channel="Paid Search"),
    ]
)
# A free job makes no customer, but its cost of 15 is the customer's; the second one exactly a month after the purchase.
FREE = together(
    [
        order("f1", "free", "2026-01-05 09:00:00", gross=0, cogs=10, fulfilment=5),
        order("f2", "free", "2026-02-05 09:00:00"),
        order("f3", "free", "2026-03-05 09:00:00", gross=0, cogs=10, fulfilment=5),
        order("n1", "never_paid", "2026-02-20 09:00:00", gross=0, cogs=10, fulfilment=5),
    ]
)
# A deal and no order.
DEALER: Rows = {
    "template/opportunities": [
        {
            "opportunity_id": "d", "customer_key": "dealer", "created_at": "2026-02-01 09:00", "status": "won",
            "closed_at": "2026-02-15 09:00", "opportunity_type": "new", "channel": "Event",
        }
    ]
}  # fmt: skip
# An order without any cost, whose 60th day after is that of as_of.
MYSTERY = order("m1", "mystery", "2026-04-30 09:00:00", cogs=None)
# Two orders, five days apart, too late to judge; nobody refers oneself.
YOUNG = together(
    [
        order("y1", "young", "2026-05-20 09:00:00"), order("y2", "young", "2026-05-25 09:00:00"),
        customer("young", referred_by_key="young"),
    ]
)  # fmt: skip
# All of it wins customers.
COSTS: Rows = {
    "template/costs": [
        {"month": "2026-01-01", "pool": "tools", "amount": 250, "currency": "USD", "acquisition_share": 1}
    ]
}

ORDERS = together([EDGE, LATE, TWICE, BOTH, BACK, FREE, DEALER, MYSTERY, YOUNG, COSTS])


def subscription(key: str, first: str, amounts: list[Any], currency: str = "USD") -> Rows:
    """What a customer pays from a month on; None is a month without a row."""
    year, month = map(int, first.split("-"))
    months = [divmod(year * 12 + month - 1 + number, 12) for number in range(len(amounts))]
    return {
        "template/subscriptions": [
            {"customer_key": key, "month": f"{y}-{m + 1:02}-01", "mrr": mrr, "currency": currency}
            for (y, m), mrr in zip(months, amounts, strict=True)
            if mrr is not None
        ]
    }


# The table begins in May 2025 with two customers.
ALPHA = subscription("alpha", "2025-05", [100] * 10 + [120] * 4)
OLD = subscription("old", "2025-05", [100] * 8 + [0])
EURO = subscription("euro", "2026-01", [100] * 6, "EUR")
# Says that it left in March, has no row in April, and is back in May.
GONE = subscription("gone", "2026-01", [50, 50, 0, None, 60, 60])
SHRINK = subscription("shrink", "2026-01", [80, 80, 30, 30, 30, 30])
# Has no rows any more.
SILENT = subscription("silent", "2026-01", [30] * 4)
# Pays in another currency from April on.
SWITCH = together([subscription("switch", "2026-01", [110] * 3), subscription("switch", "2026-04", [100] * 3, "EUR")])
FRESH = together([subscription("fresh", "2026-04", [40] * 3), customer("fresh", referred_by_key="alpha")])
# Known ahead: not yet.
AHEAD = subscription("ahead", "2026-07", [1000])
# 1.10 USD in January, 1.20 from February on, 1.25 on the day of as_of.
RATES: Rows = {
    "template/fx_rates": [
        {"currency": "EUR", "date": day, "rate": rate}
        for day, rate in (
            ("2026-01-30", 1.10), ("2026-02-27", 1.20), ("2026-03-31", 1.20), ("2026-04-30", 1.20),
            ("2026-05-29", 1.20), ("2026-06-29", 1.25),
        )
    ]
}  # fmt: skip

SUBSCRIPTIONS = together([ALPHA, OLD, EURO, GONE, SHRINK, SILENT, SWITCH, FRESH, AHEAD, RATES])
RETENTION = together([ORDERS, SUBSCRIPTIONS])
