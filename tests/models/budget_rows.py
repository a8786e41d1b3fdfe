"""Budget lines and what they paid, for hand-worked pacing: as_of 10 June 2026, a Wednesday of a month with 30 days."""

from typing import Any

Row = dict[str, Any]
Rows = dict[str, list[Row]]


def plan(line: str, amount: str, **more: Any) -> Row:
    """An approved plan of June in the reporting currency."""
    june = {"period_start": "2026-06-01", "period_end": "2026-06-30", "currency": "USD"}
    return {"line": line, "amount": amount, "approved_at": "2026-05-20 09:00:00"} | june | more


def spend(day: str, channel: str, amount: str, **more: Any) -> Row:
    return {"date": day, "channel": channel, "spend": amount, "currency": "USD"} | more


# Podcast has spent since Thursday 16 April: on 10 June that is day 56. 10 a day, 70 on Mondays.
WEEKS = [f"2026-04-{day:02d}" for day in range(16, 31)] + [f"2026-05-{day:02d}" for day in range(1, 32)]
JUNE = [f"2026-06-{day:02d}" for day in range(1, 11)]
MONDAYS = {"2026-04-20", "2026-04-27", *(f"2026-05-{day}" for day in ("04", 11, 18, 25)), "2026-06-01", "2026-06-08"}

BUDGETS: Rows = {
    "template/budgets": [
        plan("Search", "900", channel="Paid Search"),
        plan("Brand search", "60", channel="Paid Search", purpose="brand"),
        plan("Anything", "300"),
        plan("Fair", "1000", channel="Event", curve="scheduled"),
        plan("Nothing", "0", channel="Affiliate"),
        plan("Podcast", "500", channel="Podcast"),
        plan("Podcast", "800", channel="Podcast", period_start="2026-04-01", period_end="2026-05-31"),
        # A day short of eight weeks.
        plan("Sponsor", "200", channel="Sponsorship"),
        plan("Sponsor", "400", channel="Sponsorship", period_start="2026-04-01", period_end="2026-05-31"),
        # Restated on 5 June; a third plan is approved after as_of and a fourth never.
        plan("Social", "300", channel="Paid Social", budget_version="plan"),
        plan(
            "Social", "600", channel="Paid Social", budget_version="June forecast", approved_at="2026-06-05 09:00:00",
            exported_at="2026-06-06 06:00:00",
        ),
        plan("Social", "5000", channel="Paid Social", budget_version="hope", approved_at="2026-06-20 09:00:00"),
        plan("Social", "7000", channel="Paid Social", budget_version="wish", approved_at=None),
        # 100 EUR at the rate of the approval, 1.10, whatever the rate is today.
        plan("Licences", "100", pool="tools", currency="EUR"),
        plan("Summer", "300", channel="Email", period_start="2026-06-09", period_end="2026-06-18"),
        plan("July", "310", channel="Video", period_start="2026-07-01", period_end="2026-07-31"),
    ],
    "template/budget_schedule": [
        # The fair moved: the older export has it on another day.
        {"line": "Fair", "date": "2026-06-03", "amount": "1000", "file_id": "old", "exported_at": "2026-05-01 06:00"},
        {"line": "Fair", "date": "2026-06-05", "amount": "400"},
        {"line": "Fair", "date": "2026-06-20", "amount": "600"},
    ],
    "template/ad_spend": [
        spend("2026-06-02", "Paid Search", "450", campaign="a"),
        spend("2026-06-10", "Paid Search", "20", campaign="b", purpose="brand"),
        spend("2026-06-11", "Paid Search", "999", campaign="c"),
        spend("2026-06-05", "Event", "380", campaign="d"),
        spend("2026-06-04", "Affiliate", "15", campaign="e"),
        spend("2026-06-06", "Paid Social", "700", campaign="f"),
        spend("2026-06-07", "Radio", "50", campaign="g"),
        spend("2026-06-09", "Email", "40", campaign="h"),
        spend("2026-03-03", "Radio", "31", campaign="i"),
        *(spend(day, "Podcast", "70" if day in MONDAYS else "10", campaign="p") for day in WEEKS + JUNE),
        *(spend(day, "Sponsorship", "70" if day in MONDAYS else "10", campaign="s") for day in WEEKS[1:] + JUNE),
    ],
    "template/costs": [
        {"month": "2026-06-01", "pool": "tools", "amount": "90", "currency": "USD"},
        {"month": "2026-06-01", "pool": "salaries", "amount": "300", "currency": "USD"},
        {"month": "2026-03-01", "pool": "salaries", "amount": "100", "currency": "USD"},
        # Half of the bill is June's and half is July's, which has not begun.
        {"month": "2026-06-01", "pool": "agency", "amount": "60", "months": "2", "currency": "USD"},
        # What the platform reports is booked once more: it is paid once.
        {"month": "2026-06-01", "pool": "media", "channel": "Paid Search", "amount": "470", "currency": "USD"},
    ],
    "template/fx_rates": [
        {"date": "2026-05-20", "currency": "EUR", "rate": "1.10"},
        {"date": "2026-06-10", "currency": "EUR", "rate": "1.30"},
    ],
    "template/opportunities": [
        {
            "opportunity_id": "w", "created_at": "2026-05-02 09:00:00", "status": "won", "amount": "300",
            "closed_at": "2026-06-04 09:00:00", "currency": "USD", "opportunity_type": "new",
        },
        # Due in June, due in July, due in June and an expansion.
        {
            "opportunity_id": "o", "created_at": "2026-05-02 09:00:00", "status": "open", "amount": "1050",
            "closed_at": "2026-06-25 09:00:00", "currency": "USD", "opportunity_type": "new",
        },
        {
            "opportunity_id": "l", "created_at": "2026-05-02 09:00:00", "status": "open", "amount": "4000",
            "closed_at": "2026-07-02 09:00:00", "currency": "USD", "opportunity_type": "new",
        },
        {
            "opportunity_id": "x", "created_at": "2026-05-02 09:00:00", "status": "open", "amount": "8000",
            "closed_at": "2026-06-25 09:00:00", "currency": "USD", "opportunity_type": "expansion",
        },
    ],
    "template/kpi_targets": [
        {"kpi": "won:won_amount", "period_start": "2026-06-01", "period_end": "2026-06-30", "target": "1000"},
        {"kpi": "won:won_amount", "period_start": "2026-01-01", "period_end": "2026-12-31", "target": "200"},
        {"kpi": "spend", "period_start": "2026-06-01", "period_end": "2026-06-30", "target": "90", "channel": "Radio"},
        {"kpi": "win_rate", "period_start": "2026-06-01", "period_end": "2026-06-30", "target": "0.5"},
        {"kpi": "opportunities", "period_start": "2026-05-01", "period_end": "2026-05-31", "target": "4"},
        {"kpi": "stage_conversion_rate", "period_start": "2026-01-01", "period_end": "2026-03-31", "target": "0.2"},
        {"kpi": "cac", "period_start": "2026-06-01", "period_end": "2026-06-30", "target": "45"},
        {"kpi": "spend", "period_start": "2026-06-03", "period_end": "2026-06-20", "target": "1"},
        {"kpi": "leads", "period_start": "2026-07-01", "period_end": "2026-07-31", "target": "10"},
    ],
}  # fmt: skip
