"""The numbers that a page embeds: parts of days that add up, and published cells of what does not."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import duckdb

from orchestration.report.pack.measures import MEASURES, Measure

# Filters of the page; a cut by both is not published, so neither is there a filter for both.
CUTS = ("", "channel", "segment")
GRAINS = ("week", "month")


def figure(value: Decimal | int | None) -> float | int | None:
    """A number as JSON has it: whole ones without a point."""
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)


def read_parts(conn: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Numerator and denominator of every day that has one, by measure, cut and member; days counted from the first."""
    first = first_day(conn)
    parts = []
    for measure in MEASURES:
        for cut in CUTS if measure.adds_up else ():
            members: dict[str, list[tuple[date, Any, Any]]] = defaultdict(list)
            for member, *day in _days(conn, measure, cut):
                members[member].append((day[0], day[1], day[2]))
            for member, days in members.items():
                place = {"measure": measure.key, "cut": cut, "member": member}
                parts.append(place | _sparse(days, first, measure.is_ratio))
    return parts


def read_cells(conn: duckdb.DuckDBPyConnection, parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Published cells by week and month: period, value, n, completeness, maturity; cut where no parts of days are."""
    in_parts = {(part["measure"], part["cut"]) for part in parts if part["cut"]}
    found: dict[tuple[str, str, str, str], list[list[Any]]] = defaultdict(list)
    for measure in MEASURES:
        for cut in CUTS:
            if (measure.key, cut) in in_parts:
                continue
            for row in _cells(conn, measure, cut):
                member, grain, period, value, n, is_complete, is_mature = row
                found[measure.key, cut, member, grain].append(
                    [period.isoformat(), figure(value), n, int(is_complete), int(is_mature)]
                )
    return [
        {"measure": measure, "cut": cut, "member": member, "grain": grain, "rows": rows}
        for (measure, cut, member, grain), rows in found.items()
    ]


def read_periods(conn: duckdb.DuckDBPyConnection) -> dict[str, list[dict[str, Any]]]:
    """Weeks and months with their first and last day, oldest first; the last ones may not be over yet."""
    return {
        grain: [
            {"period": period.isoformat(), "last": last.isoformat(), "complete": complete}
            for period, last, complete in conn.execute(
                f"""
                select {grain}, max(date_day), bool_and(is_elapsed) from marts.dim_date
                group by {grain} having bool_or(is_elapsed) order by 1
                """
            ).fetchall()
        ]
        for grain in GRAINS
    }


def first_day(conn: duckdb.DuckDBPyConnection) -> date:
    """The day from which the page counts days."""
    [(first,)] = conn.execute("select min(date_day) from marts.dim_date").fetchall()
    return date.fromisoformat(str(first))


def _place(measure: Measure, cut: str) -> tuple[str, str]:
    """Dimension of kpi_values, and what its members begin with."""
    if not measure.stage_pair:
        return cut, ""
    return (f"stage_pair+{cut}", f"{measure.stage_pair}+") if cut else ("stage_pair", measure.stage_pair)


def _days(conn: duckdb.DuckDBPyConnection, measure: Measure, cut: str) -> list[tuple[Any, ...]]:
    dimension, beginning = _place(measure, cut)
    return conn.execute(
        """
        select substr(member, ?), period, numerator, denominator
        from marts.kpi_values
        where kpi = ? and variant = ? and dimension = ? and starts_with(member, ?) and grain = 'day'
            and (numerator <> 0 or (? and denominator <> 0))
        order by member, period
        """,
        [len(beginning) + 1, measure.kpi, measure.variant, dimension, beginning, measure.is_ratio],
    ).fetchall()


def _cells(conn: duckdb.DuckDBPyConnection, measure: Measure, cut: str) -> list[tuple[Any, ...]]:
    dimension, beginning = _place(measure, cut)
    return conn.execute(
        """
        select substr(member, ?), grain, period, value, n, is_complete, is_mature
        from marts.kpi_values
        where kpi = ? and variant = ? and dimension = ? and starts_with(member, ?) and grain in ('week', 'month')
        order by member, grain, period
        """,
        [len(beginning) + 1, measure.kpi, measure.variant, dimension, beginning],
    ).fetchall()


def _sparse(rows: list[tuple[date, Any, Any]], first: date, is_ratio: bool) -> dict[str, Any]:
    """Days as steps from one to the next, and the figures of each; only ratios have denominators."""
    days = [(day - first).days for day, _, _ in rows]
    steps = [days[0], *(later - earlier for earlier, later in pairwise(days))]
    sparse: dict[str, Any] = {"days": steps, "num": [figure(numerator) for _, numerator, _ in rows]}
    return sparse | ({"den": [figure(denominator) for _, _, denominator in rows]} if is_ratio else {})
