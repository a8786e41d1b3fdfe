"""Why a KPI changed between two periods: the mart kpi_variance asked for any pair, of the version that is online."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from orchestration.engine.model_sql import model_sql
from orchestration.report.kpi import UnknownKpi, query
from orchestration.report.periods import NoSuchPeriod, two_periods
from orchestration.settings import Settings

REASONS = {
    "period_not_complete": "a period that is still running cannot be compared with a whole one",
    "cohort_not_mature": "a cohort has not been followed for its whole window; compare cohorts that have",
    "no_value_before": "the KPI has no value in the earlier period: its denominator is zero",
    "no_value_after": "the KPI has no value in the later period: its denominator is zero",
    "nothing_changed": "no effect moved it",
}


@dataclass(frozen=True)
class Change:
    """A KPI in two periods and the effects that lead from one to the other, as rows of kpi_variance."""

    unit: str
    rows: list[dict[str, Any]]

    @property
    def reason(self) -> str | None:
        """Why there are no effects."""
        return self.rows[0]["reason"]

    def decompositions(self) -> dict[str, list[dict[str, Any]]]:
        """The rows of each decomposition; each adds up to the change."""
        names = dict.fromkeys(row["decomposition"] for row in self.rows if row["decomposition"])
        return {name: [row for row in self.rows if row["decomposition"] == name] for name in names}


def explain_change(settings: Settings, kpi: str, earlier: str | None, later: str | None, grain: str) -> Change:
    """Compare two periods; without any, the last complete month with the one before."""
    _known(settings, kpi)
    grain, start, end = _periods(settings, kpi, earlier, later, grain)
    pair = (
        "(select ? as grain, cast(? as date) as period, 'asked' as compared_with, cast(? as date) as compared_period)"
    )
    published = {
        "int_variance_pairs": pair,
        "kpi_variance_inputs": f"(select * from marts.kpi_variance_inputs where kpi = '{kpi}')",
        "kpi_values": f"(select * from marts.kpi_values where kpi = '{kpi}')",
    }
    sql = model_sql("marts/kpi_variance", published, macros=("ratios", "variance"))
    rows = query(settings, f"{sql} order by decomposition desc, effect, member", (grain, end, start)).records()
    if not rows:
        raise NoSuchPeriod(_what_there_is(settings, kpi, grain, start, end))
    unit = query(settings, "select any_value(unit) from marts.kpi_values where kpi = ?", (kpi,)).rows[0][0]
    return Change(unit, rows)


def total(rows: list[dict[str, Any]], effect: str | None = None, member: str | None = None) -> Decimal:
    """What effects add up to, of one effect or one cell where it is named."""
    chosen = (row for row in rows if effect in (None, row["effect"]) and member in (None, row["member"]))
    return sum((row["contribution"] for row in chosen), Decimal(0))


def _known(settings: Settings, kpi: str) -> None:
    names = [row[0] for row in query(settings, "select distinct kpi from marts.kpi_variance order by 1").rows]
    if kpi not in names:
        near = [name for name in names if kpi in name] or get_close_matches(kpi, names, n=3, cutoff=0.5) or names
        raise UnknownKpi(f"changes of {kpi!r} are not explained; those of {', '.join(near)} are")


def _periods(
    settings: Settings, kpi: str, earlier: str | None, later: str | None, grain: str
) -> tuple[str, date, date]:
    if earlier and later:
        return two_periods(earlier, later, grain)
    if earlier or later:
        raise NoSuchPeriod("name both periods: --from 2026-04 --to 2026-05")
    grain = grain or "month"
    last = query(
        settings,
        """
        select distinct period from marts.kpi_values where kpi = ? and grain = ? and is_complete and is_mature
        order by period desc limit 2
        """,
        (kpi, grain),
    ).rows
    if len(last) < 2:
        raise NoSuchPeriod(f"{kpi} has no two complete periods of grain {grain!r}; duet kpi {kpi} shows what it has")
    return grain, last[1][0], last[0][0]


def _what_there_is(settings: Settings, kpi: str, grain: str, start: date, end: date) -> str:
    found = query(
        settings,
        "select min(period), max(period), count(distinct period) from marts.kpi_values where kpi = ? and grain = ?",
        (kpi, grain),
    ).rows[0]
    if not found[2]:
        return f"{kpi} has no grain {grain!r}; use month, quarter or year"
    return f"{kpi} has no {grain} that begins on {start} or on {end}; there are those from {found[0]} to {found[1]}"
