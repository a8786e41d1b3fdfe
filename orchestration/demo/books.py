"""The costs that are not media, month by month."""

import datetime as dt
import random
from collections import defaultdict
from decimal import Decimal
from typing import Any

from orchestration.demo.deals import Deal
from orchestration.demo.seasons import months
from orchestration.demo.trade import Cost

SALES_SHARE = Decimal("0.75")
CRM_OF_A_YEAR = 770_000


def costs(rng: random.Random, deals: list[Deal], scale: int) -> list[Cost]:
    """Every line of the cost sheet; commissions follow the deals won in the month."""
    won: dict[dt.date, int] = defaultdict(int)
    for deal in deals:
        if deal.status == "won":
            won[deal.closed_on.replace(day=1)] += deal.amount
    return [cost for number, month in enumerate(months()) for cost in month_costs(rng, number, month, won, scale)]


def month_costs(rng: random.Random, number: int, month: dt.date, won: dict[dt.date, int], scale: int) -> list[Cost]:
    """The lines of one month."""

    def line(pool: str, amount: int, description: str, currency: str = "USD", **details: Any) -> Cost:
        return Cost(month, pool, amount * scale, currency, description, **details)

    team = 520000 if month < dt.date(2025, 9, 1) else 584000
    lines = [
        line("salaries", team, "Sales and marketing team", acquisition_share=SALES_SHARE),
        line("tools", 12000, "Design tool", "EUR", purpose="backstage"),
        line("agency", 65000 + 5000 * rng.randrange(0, 5), "Search agency", "EUR", channel="paid_search"),
        line("shared_reporting", 15000, "Reporting day of both teams", purpose="backstage"),
        line("creative", 21000, "Letters to customers", purpose="retention"),
        line("other", 190000, "Rent of the workshop", purpose="backstage", is_fixed=True),
    ]
    if month.month == 1:
        lines.append(
            line("tools", CRM_OF_A_YEAR, "CRM and e-mail tool, paid for the year", purpose="backstage", months=12)
        )
    if won[month]:
        lines.append(Cost(month, "commissions", won[month] * 5 // 100, "USD", "5 % of deals won"))
    if number % 2 == 0:
        lines.append(line("creative", 45000 + 1000 * rng.randrange(0, 30), "Photos and cut-downs", purpose="brand"))
    if month.month % 3 == 0:
        lines.append(line("alignment_workshops", 40000, "Sales and marketing workshop", purpose="backstage"))
    if month.month in (3, 10):
        lines.append(line("events", 350000, "Office fair stand", "EUR", channel="event", purpose="brand"))
    if month.month in (5, 11):
        lines.append(line("referral_rewards", 2500 * rng.randrange(2, 7), "Thank-you vouchers", channel="referral"))
    return lines
