"""What marketing and sales promised each other: targets, and what no system can tell."""

import datetime as dt
import random
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

# What the teams report month by month, and who promised it.
TOLD = (
    ("Funnel review held", "marketing"),
    ("Funnel review held", "sales"),
    ("Campaign calendar shared a month ahead", "marketing"),
    ("Forecast shared with marketing", "sales"),
)
MQL_TO_SQL = Decimal("0.48")
# What the money side is held to; None stands for all channels.
MONEY: tuple[tuple[str, str | None, Decimal], ...] = (
    ("net_revenue", None, Decimal(16_000)),
    ("cac_fully_loaded", None, Decimal(160)),
    ("cac_channel", "paid_search", Decimal(150)),
    ("amer", None, Decimal("1.5")),
)


@dataclass(frozen=True, slots=True)
class Promise:
    """Something promised by a day; is_kept is None while nobody has said so."""

    commitment: str
    owner_team: str
    due_on: dt.date
    is_kept: bool | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """A value that a KPI was to reach in a month."""

    kpi: str
    month: dt.date
    value: Decimal
    channel: str | None = None


def last_day(month: dt.date) -> dt.date:
    """The last day of a month."""
    return (month + dt.timedelta(days=32)).replace(day=1) - dt.timedelta(days=1)


def promises(rng: random.Random, months: Iterable[dt.date]) -> list[Promise]:
    """What each team reported, month by month; some months nobody filled in the sheet."""
    found = []
    for month in months:
        for commitment, team in TOLD:
            fate = rng.random()
            is_kept = None if fate < 0.06 else fate < 0.86
            note = "" if is_kept is not False else rng.choice(("moved to the next month", "half of it", "fair week"))
            found.append(Promise(commitment, team, last_day(month), is_kept, note))
    return found


def targets(months: Iterable[dt.date], scale: int) -> list[Target]:
    """The plan: more MQLs every half-year, half of them qualified."""
    found = []
    for number, month in enumerate(months):
        found.append(Target("mqls", month, Decimal((18 + 2 * (number // 6)) * scale)))
        found.append(Target("stage_conversion_rate", month, MQL_TO_SQL))
        for kpi, channel, value in MONEY:
            found.append(Target(kpi, month, value * scale if kpi == "net_revenue" else value, channel))
    return found
