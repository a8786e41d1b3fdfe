"""Cells of kpi_values beside the metrics that stand for them."""

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import duckdb

from orchestration.dictionary.registry import Metric, metrics
from orchestration.dictionary.semantic import grain_of, group_by
from tests.semantic.asking import Metrics

# What MetricFlow calls a grain of ours.
GRAINS = {
    "day": "day", "week": "house_week", "month": "month", "quarter": "quarter", "year": "year",
    "fiscal_quarter": "fiscal_quarter", "fiscal_year": "fiscal_year", "all": "",
}  # fmt: skip
# Grains of metrics of days; and of costs that are booked by month, of which MetricFlow makes no calendar of its own.
DAYS = ("day", "week")
MONTHS = ("month", "quarter", "year", "all")
# kpi_values rounds to eight decimals.
ROUNDING = Decimal("0.00000001")
Cell = tuple[dt.date | None, str]


class Comparison(NamedTuple):
    """Cells that are not what their metric says, and how many were compared by metric."""

    wrong: list[tuple[Any, ...]]
    compared: dict[str, int]


def compare(serving: Path, semantic_manifest: str, grains: Sequence[str] = tuple(GRAINS)) -> Comparison:
    """Every cell of these grains beside its metric, in both directions."""
    asked, found = Metrics(semantic_manifest, serving), Comparison([], {})
    with duckdb.connect(str(serving), read_only=True) as conn:
        for metric in metrics():
            found.compared[metric.name] = 0
            for grain, cut in places(metric, grains):
                if published := cells(conn, metric, grain, cut):
                    found.compared[metric.name] += len(published)
                    said = metric_values(asked, metric, grain, cut)
                    found.wrong.extend((metric.name, grain, cut, *each) for each in apart(metric, published, said))
    return found


def apart(metric: Metric, published: dict[Cell, Any], said: dict[Cell, Any]) -> Iterator[tuple[Any, ...]]:
    """Cells that differ. No row is nothing of a sum, or a sum that nobody knows; it is no value of a ratio."""
    nothing = None if metric.is_ratio else Decimal(0)
    for cell in sorted(published.keys() | said.keys(), key=repr):
        # Cost that belongs to no channel has won nobody: where a mart does not show it, its metric is no return.
        if cell in published or (said[cell] is not None and cell[1] != "(shared)"):
            one = published.get(cell, nothing)
            other = said.get(cell, None if one is None else nothing)
            if not agree(metric, one, other):
                yield cell, one, other


def places(metric: Metric, grains: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Those grains that MetricFlow has of a metric, in total and by each cut."""
    for grain in grains:
        if (metric.of_days and grain not in DAYS) or (grain_of(metric) == "month" and grain not in MONTHS):
            continue
        yield from ((grain, cut) for cut in (*(("",) if metric.has_total else ()), *metric.cuts))


def cells(conn: duckdb.DuckDBPyConnection, metric: Metric, grain: str, cut: str) -> dict[Cell, Decimal | None]:
    """What is published."""
    rows = conn.execute(
        """
        select period, member, value from marts.kpi_values
        where kpi = ? and variant like ? and grain = ? and dimension = ?
        """,
        [metric.kpi, metric.variant.replace("*", "%"), grain, cut],
    ).fetchall()
    return {(period, member): value for period, member, value in rows}


def metric_values(asked: Metrics, metric: Metric, grain: str, cut: str) -> dict[Cell, Any]:
    """What the metric says."""
    time = [f"metric_time__{GRAINS[grain]}"] if GRAINS[grain] else []
    rows = asked.ask(metric.name, [*time, *(group_by(metric, cut) if cut else [])])
    found = {}
    for row in rows:
        period, members = (row[0], row[1:-1]) if time else (None, row[:-1])
        # SQL adds up no rows to one row without a value.
        is_of_no_rows = not time and not members and row[-1] is None
        if (time and period is None) or None in members or is_of_no_rows:
            continue
        found[day(period), "+".join(members)] = row[-1]
    return found


def day(period: Any) -> dt.date | None:
    """A period as a date."""
    return period.date() if isinstance(period, dt.datetime) else period


def agree(metric: Metric, published: Any, said: Any) -> bool:
    """A sum to the last digit, a ratio to the digit that is rounded."""
    if published is None or said is None:
        return published is said
    if not metric.is_ratio:
        return Decimal(str(said)) == published
    return abs(Decimal(str(said)) - published) <= max(ROUNDING, abs(published) * Decimal("1e-12"))
