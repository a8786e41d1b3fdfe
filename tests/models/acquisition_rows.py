"""A firm from January to June 2026 of which every cost and customer can be added up by hand; EUR at 1.10 throughout."""

from typing import Any

Rows = dict[str, list[dict[str, Any]]]


def spent(date: str, channel: str, spend: str, **more: Any) -> dict[str, Any]:
    return {"date": date, "channel": channel, "spend": spend, "currency": "USD", "account": channel, **more}


def cost(month: str, pool: str, amount: str, **more: Any) -> dict[str, Any]:
    return {"month": f"2026-{month}-01", "pool": pool, "amount": amount, "currency": "USD", **more}


def lead(person: str, created: str, channel: str) -> dict[str, Any]:
    return {
        "person_key": person, "customer_key": f"firm {person}", "created_at": f"2026-{created} 09:00:00",
        "source_channel": channel,
    }  # fmt: skip


def order(person: str, day: str, cogs: str | None, channel: str | None = None) -> dict[str, Any]:
    """An order of 100 that costs 10 to deliver."""
    return {
        "order_id": f"{person} {day}", "customer_key": f"firm {person}", "ordered_at": f"2026-{day} 09:00:00",
        "gross": "100", "currency": "USD", "cogs": cogs, "fulfilment": "10", "status": "paid", "channel": channel,
    }  # fmt: skip


def stage(person: str, name: str, day: str) -> dict[str, Any]:
    return {"person_key": person, "stage": name, "entered_at": f"2026-{day} 09:00:00"}


def subscribed(person: str, month: str, mrr: str) -> dict[str, Any]:
    return {"customer_key": f"firm {person}", "month": f"2026-{month}-01", "mrr": mrr, "currency": "USD"}


def booked(account: str, amount: str) -> dict[str, Any]:
    """May of an account in the books."""
    return {
        "report": "profit_and_loss", "period_start": "2026-05-01", "period_end": "2026-05-31", "day": "2026-05-01",
        "account": account, "class": "expense", "amount": amount, "currency": "USD", "file_id": "books",
    }  # fmt: skip


ACQUISITION: Rows = {
    "template/ad_spend": [
        spent("2026-01-10", "Search", "100", campaign="Brand Awareness 2026"),
        # A Saturday: Friday's rate, 50 EUR * 1.20 = 60; at the constant rate 55.
        spent("2026-01-31", "Social", "50", currency="EUR", purpose="activation"),
        spent("2026-02-10", "Search", "200", campaign="Leads"),
        # March has no cost of any kind.
        spent("2026-04-10", "Search", "300", campaign="Leads"),
        spent("2026-05-10", "Search", "400", campaign="Leads"),
        spent("2026-05-10", "Social", "100", purpose="activation"),
        spent("2026-06-10", "Search", "500", campaign="Leads"),
    ],
    "template/fx_rates": [{"date": "2026-01-30", "currency": "EUR", "rate": "1.2"}],
    "template/costs": [
        # 100 for a year: 8.33, 8.33, 8.34, … from April on; all of it wins customers.
        cost("04", "tools", "100", months=12, purpose="backstage", acquisition_share="1"),
        # Nobody else reports the billboard; the credit note takes 20 off what search reports.
        cost("04", "media", "30", channel="Billboard"),
        cost("04", "media", "-20", channel="Search"),
        # The invoice of what search reports already.
        cost("05", "media", "390", channel="Search"),
        cost("05", "agency", "100"),
        cost("05", "commissions", "20", acquisition_share="1"),
        cost("05", "events", "50", channel="Event"),
        # Account managers: no cost of winning customers.
        cost("05", "salaries", "200", purpose="retention"),
    ],
    "quickbooks/ledger_rows": [booked("Advertising", "500"), booked("Agency fees", "378.33")],
    "template/people": [
        lead("ann", "01-05", "Search"),
        lead("ben", "01-10", "Search"),
        lead("cora", "02-05", "Search"),
        lead("dan", "02-10", "Search"),
        lead("fay", "04-03", "Social"),
        lead("hal", "05-01", "Search"),
    ],
    "template/stage_events": [
        stage("ben", "mql", "01-20"),
        stage("fay", "mql", "04-10"),
        stage("hal", "mql", "05-20"),
        stage("hal", "sql", "05-25"),
    ],
    "template/orders": [
        order("ann", "01-20", "40"),
        # CM2 50 and 30.
        order("ben", "02-15", "40"),
        order("dan", "02-20", "60"),
        order("cora", "04-10", "40"),
        # Eve was nobody's lead and came by herself; what her order cost is not known.
        order("eve", "05-12", None, channel="Organic"),
        # CM2 -10.
        order("fay", "05-05", "100"),
        # CM2 100 - 25.167 - 10 = 64.833.
        order("hal", "06-10", "25.167"),
    ],
    # Ann has paid by the month since the table begins, Ben is new in June; their orders leave half of their price.
    "template/subscriptions": [
        *(subscribed("ann", month, "10") for month in ("04", "05", "06")),
        subscribed("ben", "06", "40"),
    ],
    "template/opportunities": [
        # Gus has bought since before these exports begin.
        {
            "opportunity_id": "more", "customer_key": "firm gus", "created_at": "2026-04-20 09:00:00", "status": "won",
            "closed_at": "2026-05-20 09:00:00", "opportunity_type": "expansion", "amount": "900", "currency": "USD",
        },
        {
            "opportunity_id": "first", "person_key": "hal", "created_at": "2026-05-28 09:00:00", "status": "open",
            "opportunity_type": "new", "amount": "1000", "currency": "USD", "channel": "Search",
        },
    ],
}  # fmt: skip
