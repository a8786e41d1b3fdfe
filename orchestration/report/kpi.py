"""One KPI by period, straight from the file that BI tools open."""

from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import duckdb

from orchestration.engine.connection import connect_to_published
from orchestration.publish.candidate import SERVING
from orchestration.publish.version import online
from orchestration.settings import Settings


class NothingPublished(RuntimeError):
    """There is no certified version yet."""


class UnknownKpi(ValueError):
    """No such KPI, cut or grain; the message says what there is."""


@dataclass(frozen=True)
class KpiTable:
    """Rows of kpi_values, with their column names."""

    columns: list[str]
    rows: list[tuple[Any, ...]]

    def records(self) -> list[dict[str, Any]]:
        """One dictionary a row."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def query(settings: Settings, sql: str, values: tuple[Any, ...] | dict[str, Any] = ()) -> KpiTable:
    """Run one query on the version that is online, every byte of it verified before, and let go of it at once."""
    version = online(settings)
    if version is None:
        raise NothingPublished(
            f"{settings.published}: nothing is published yet; run `duet refresh`, or `duet demo` to see an example"
        )
    # Its own file, not the stable path: that one is switched while we read.
    file = settings.published / version.version / SERVING
    try:
        conn = connect_to_published(file)
    except duckdb.IOException:
        if file.exists():
            raise
        # Retention took it away between the two lines above: a newer one is online.
        return query(settings, sql, values)
    with conn:
        found = conn.execute(sql, values)
        return KpiTable([column[0] for column in found.description or []], found.fetchall())


def read_kpi(settings: Settings, kpi: str, by: str = "", grain: str = "month") -> KpiTable:
    """All variants of a KPI at a grain, total or cut by a dimension, oldest period first.

    A name that is no KPI but begins some (cac, pipeline) stands for all of them that are cut so.
    """
    found = query(
        settings,
        """
        select * from marts.kpi_values
        where dimension = $by and grain = $grain and (
            kpi = $kpi
            or starts_with(kpi, $kpi || '_') and not exists (from marts.kpi_values where kpi = $kpi)
        )
        order by kpi, variant, period nulls first, member
        """,
        {"kpi": kpi, "by": by, "grain": grain},
    )
    if not found.rows:
        raise UnknownKpi(_what_there_is(settings, kpi, by, grain))
    return found


def _what_there_is(settings: Settings, kpi: str, by: str, grain: str) -> str:
    cuts = query(settings, "select distinct kpi, dimension, grain from marts.kpi_values order by all").rows
    names = sorted({row[0] for row in cuts})
    if kpi not in names:
        near = [name for name in names if kpi in name] or get_close_matches(kpi, names, n=5, cutoff=0.5) or names
        return f"no KPI is called {kpi!r}; near it: {', '.join(near)}"
    grains = sorted({row[2] for row in cuts if row[0] == kpi and row[1] == by})
    if grains:
        return f"{kpi}{f' by {by}' if by else ''} has no grain {grain!r}; there is: {', '.join(grains)}"
    if not by:
        return f"{kpi} is published by dimension only; use --by {' or --by '.join(_dimensions(cuts, kpi))}"
    return f"{kpi} is not cut by {by!r}; it is cut by: {', '.join(_dimensions(cuts, kpi)) or 'nothing, totals only'}"


def _dimensions(cuts: list[tuple[Any, ...]], kpi: str) -> list[str]:
    return sorted({row[1] for row in cuts if row[0] == kpi and row[1]})
