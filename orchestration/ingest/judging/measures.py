"""What the rows of a part add up to, asked in one statement."""

import glob
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from orchestration.ingest.contracts.sources import LAKE_TYPES
from orchestration.ingest.rows import scan
from orchestration.ingest.rows.plan import Plan

UNKNOWN = "(unknown)"  # stands in the lake where an export does not name its account


@dataclass(frozen=True)
class Measures:
    """Figures of the loaded rows that the file is judged by."""

    window: tuple[str, str] | None = None  # first and last day that the rows speak of
    weight: Decimal = Decimal(0)  # the money by which rejected rows are weighed
    is_by_month: bool = False  # an ad report whose days are all the first of a month
    strangers: list[str] = field(default_factory=list)  # accounts that duet.yml does not name
    sums: dict[str, Decimal | int | None] = field(default_factory=dict)  # of the columns that a total row sums


def plain_id(account: str) -> str:
    """An account id without the dashes that some platforms print."""
    return account.replace("-", "")


def measure(
    conn: duckdb.DuckDBPyConnection, plan: Plan, part: Path, has_totals: bool, allowed: Collection[str] = ()
) -> Measures:
    """Measure a part; nothing where none was written."""
    asked = dict(_asked(plan, has_totals, allowed))
    if not asked or not part.exists():
        return Measures()
    sql = f"select {', '.join(asked.values())} from read_parquet($part)"
    [row] = scan.run(conn, sql, {"part": glob.escape(str(part)), "allowed": [*allowed, UNKNOWN]})
    return _measures(asked, row)


def measure_each(
    conn: duckdb.DuckDBPyConnection, plan: Plan, table: str, number: str, allowed: Collection[str] = ()
) -> dict[int, Measures]:
    """Measure files without totals whose rows stand in one table, by the number of the file."""
    asked = dict(_asked(plan, False, allowed))
    sql = f"select {', '.join([number, *asked.values()])} from {table} group by {number}"
    rows = scan.run(conn, sql, {"allowed": [*allowed, UNKNOWN]})
    return {number: _measures(asked, row) for number, *row in rows}


def _measures(asked: Mapping[str, str], row: Sequence[Any]) -> Measures:
    found = dict(zip(asked, row, strict=True))
    first, last = found.pop("first", None), found.pop("last", None)
    window = (str(first)[:10], str(last)[:10]) if first is not None else None
    weight, is_by_month = Decimal(found.pop("weight", None) or 0), bool(found.pop("is_by_month", None))
    strangers = sorted(found.pop("strangers", None) or [])
    return Measures(
        window, weight, is_by_month, strangers, {name.removeprefix("sum "): value for name, value in found.items()}
    )


def _asked(plan: Plan, has_totals: bool, allowed: Collection[str]) -> Iterator[tuple[str, str]]:
    form, stream = plan.found.match.form, plan.found.match.stream
    times = [name for name, column in stream.columns.items() if LAKE_TYPES[column.type] in ("date", "timestamp")]
    if times:
        # A period has two days, its first and its last; every other row has one, an event that of its moment.
        moments = [name for name in times if stream.columns[name].type == "timestamp"] if stream.kind == "event" else []
        day = stream.day or stream.version or [*moments, *times][0]
        start, end = times[:2] if stream.kind == "period" else (day, day)
        yield from (("first", f"min({start})"), ("last", f"max({end})"))
    if form.weight:
        yield "weight", f"sum(abs({form.weight}))"
    if stream.day and "breakdown" in stream.columns:
        yield "is_by_month", f"min({stream.day}) < max({stream.day}) and bool_and(day({stream.day}) = 1)"
    if has_totals and form.totals:
        yield from ((f"sum {column}", f"sum({column})") for column in [*form.totals.exact, *form.totals.rounded])
    if allowed and "account_id" in stream.columns:
        known = "list_contains($allowed, replace(account_id, '-', ''))"
        yield "strangers", f"list(distinct account_id) filter (where not {known})"
