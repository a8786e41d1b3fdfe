"""Reads the rows of one file in a DuckDB scan: clean rows go straight to Parquet, the others get their fate."""

import glob
import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb

from orchestration.ingest.recognition import headers
from orchestration.ingest.rows import evening, fates, outputs, tails
from orchestration.ingest.rows.evening import Evened
from orchestration.ingest.rows.plan import Plan
from orchestration.ingest.rows.reading import FaultyRow, Reading
from orchestration.ingest.rows.tails import Tail
from orchestration.ingest.text import delimited
from orchestration.ingest.text.counting import blank_lines

KEPT_ROWS = 10_000
TAIL_LINES = 50
PLACES = "select count(*), max(file_row) from read_parquet($part)"


@dataclass(frozen=True)
class Body:
    """The bytes that the scan reads, and what is known of their lines."""

    path: Path
    lines: int
    evened: Evened | None = None
    skip: int | None = None  # records to pass over; None: through the header
    first_row: int | None = None  # records before the first one; None: through the header
    tail: Tail = field(default_factory=Tail)  # what stands behind them and was set aside


class UnevenFile(Exception):
    """The records are not all of the header's width: the strict scan cannot read them."""


def run(conn: duckdb.DuckDBPyConnection, sql: str, parameters: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Execute with those parameters that the statement names."""
    named = set(re.findall(r"\$(\w+)", sql))
    return conn.execute(sql, {name: value for name, value in parameters.items() if name in named}).fetchall()


def load(conn: duckdb.DuckDBPyConnection, plan: Plan, body: Body, part: Path) -> int:
    """Write the clean rows to a Parquet file and return how many there are."""
    try:
        return write_part(conn, plan, select_of(plan, body), parameters_of(plan, body), part)
    except duckdb.InvalidInputException as error:
        raise UnevenFile(str(error)) from error


def select_of(plan: Plan, body: Body) -> str:
    """The query of the clean rows."""
    rows, columns = rows_of(plan, body, plan.needed_cells()), ", ".join(outputs.columns_of(plan))
    return f"select {columns} from {rows} where {fates.is_loaded(plan)}"


def write_part(conn: duckdb.DuckDBPyConnection, plan: Plan, sql: str, parameters: dict[str, Any], part: Path) -> int:
    """Write the result of a query as a part of the lake."""
    target = str(part).replace("'", "''")
    # A row group is held in memory, and rows with much in `extra` are long.
    group = 122_880 if len(plan.found.match.unknown) < 20 else 20_480
    options = f"format parquet, compression zstd, row_group_size {group}"
    [(loaded,)] = run(conn, f"copy ({sql}) to '{target}' ({options})", parameters)
    return int(loaded)


def load_nothing(conn: duckdb.DuckDBPyConnection, plan: Plan, part: Path) -> Reading:
    """An export without a header has no rows: an empty part, and every line of the file is a note or blank."""
    sql = f"select {', '.join(outputs.columns_of(plan))} from (select 0 as file_row) where false"
    run(conn, f"copy ({sql}) to '{str(part).replace(chr(39), chr(39) * 2)}' (format parquet)", plan.parameters)
    filled = [any(record.cells) for record in plan.found.records]
    return Reading({"loaded": 0, "rejected": 0, "total": 0, "note": sum(filled), "blank": filled.count(False)})


def explain_rest(conn: duckdb.DuckDBPyConnection, plan: Plan, body: Body, part: Path, loaded: int) -> Reading:
    """Account for every record that was not loaded; a second scan, only where the lines do not add up."""
    skipped = plan.found.header_index + 1
    preamble = [any(record.cells) for record in plan.found.records[:skipped]]
    notes, blank = sum(preamble) + len(body.tail.lines), preamble.count(False) + body.tail.blank
    rows = {"loaded": loaded, "rejected": 0, "total": 0, "note": notes, "blank": blank}
    reading = Reading(rows)
    left = body.lines - plan.found.header.last_line - loaded
    if body.evened is None and (left == 0 or _are_breaks_in_cells(conn, plan, body, part, left)):
        return reading
    if not _set_tail_aside(conn, plan, body, part, left):
        _set_rest_aside(conn, plan, body)
    for fate, count in conn.execute("select fate, count(*) from rest group by fate").fetchall():
        rows[fate] += count
    if body.evened is not None:
        rows["blank"] += body.evened.blank
        rows["rejected"] += body.evened.rejected_count
        reading.uneven = body.evened.rejected
        reading.second_headers = body.evened.second_headers
    else:
        between = _lines_between(conn, plan, body, left - _count(conn))
        rows["blank"] += between
        _add_lines(conn, plan, body, is_regular=left == _count(conn))
    reading.faulty = _faulty(conn)
    reading.second_headers += _second_headers(conn)
    reading.totals = _totals(conn, plan)
    reading.rejected_weight = _weight(conn, plan)
    conn.execute("drop table rest")
    return reading


def rows_of(plan: Plan, body: Body, cells: list[str]) -> str:
    """A subquery of the records of a body."""
    return plan.rows(cells, is_numbered=body.evened is not None)


def parameters_of(plan: Plan, body: Body) -> dict[str, Any]:
    """What its statements are run with."""
    # A path is a glob to DuckDB, even when it is bound.
    header = plan.found.header_index + 1
    skip = header if body.skip is None else body.skip
    first_row = header if body.first_row is None else body.first_row
    return {**plan.parameters, "path": glob.escape(str(body.path)), "skip": skip, "first_row": first_row}


def _set_rest_aside(conn: duckdb.DuckDBPyConnection, plan: Plan, body: Body) -> None:
    fate, is_clean = fates.fate(plan), fates.is_loaded(plan)
    form = plan.found.match.form
    window = headers.places_of(plan.found.match, form.totals.window if form.totals else [])
    window_cells = f"[{', '.join(f'c{place}' for place in window)}]" if window else "cast(null as varchar[])"
    columns = ["file_row", f"{fate} as fate", "c0 as first_cell"]
    columns += [f"{fates.faulty_column(plan)} as place", f"{fates.faulty_text(plan)} as text"]
    columns += ["n_line as line" if body.evened is not None else "cast(null as bigint) as line"]
    columns += [f"{window_cells} as said_window", f"{fates.is_second_header(plan)} as is_second_header"]
    columns += [f"v_{bound.column}" for bound in plan.bound if bound.kind in ("money", "number", "count")]
    rows = rows_of(plan, body, plan.all_cells())
    sql = f"create or replace temp table rest as select {', '.join(columns)} from {rows} where not ({is_clean})"
    run(conn, sql, parameters_of(plan, body))


def _set_tail_aside(conn: duckdb.DuckDBPyConnection, plan: Plan, body: Body, part: Path, left: int) -> bool:
    """Totals at the end need no second scan: look at the last lines alone, where nothing else is missing."""
    if body.evened is not None or not 0 < left <= TAIL_LINES or not _are_first(conn, plan, part):
        return False
    tail = part.with_name("tail.csv")
    tail.write_bytes(tails.last_lines(body.path, left))
    first_row = body.lines - plan.found.header.last_line - left + plan.found.header_index + 1
    try:
        _set_rest_aside(conn, replace(plan, is_for_few=True), Body(tail, left, skip=0, first_row=first_row))
    except duckdb.InvalidInputException:
        return False
    found = conn.execute("select count(*), count(*) filter (where fate in ('total', 'note')) from rest").fetchall()
    return found == [(left, left)]


def _are_first(conn: duckdb.DuckDBPyConnection, plan: Plan, part: Path) -> bool:
    """Whether the loaded rows are the first records, without a gap: all that is left stands behind them."""
    [(loaded, last)] = run(conn, PLACES, {"part": glob.escape(str(part))})
    return bool(loaded) and last == plan.found.header_index + 1 + loaded


def _are_breaks_in_cells(conn: duckdb.DuckDBPyConnection, plan: Plan, body: Body, part: Path, left: int) -> bool:
    """Whether the lines that hold no record of their own are line breaks inside the cells of loaded rows."""
    return left > TAIL_LINES and _are_first(conn, plan, part) and _breaks(conn, plan, body) == left


def _count(conn: duckdb.DuckDBPyConnection) -> int:
    [(count,)] = conn.execute("select count(*) from rest").fetchall()
    return int(count)


def _lines_between(conn: duckdb.DuckDBPyConnection, plan: Plan, body: Body, spare: int) -> int:
    """Blank lines below the header: lines that hold no record and are no break inside a cell.

    UnevenFile where there are not as many: the scan took something else than this file's line breaks for them.
    """
    between = spare - _breaks(conn, plan, body) if spare > 0 else spare
    if between and between != blank_lines(body.path, plan.found.header.last_line):
        raise UnevenFile("the lines do not add up")
    return between


def _breaks(conn: duckdb.DuckDBPyConnection, plan: Plan, body: Body) -> int:
    """How many line breaks stand inside cells."""
    texts = [f"coalesce({cell}, '')" for cell in plan.all_cells()]
    breaks = [
        f"case when contains({t}, chr(10)) then len({t}) - len(replace({t}, chr(10), '')) else 0 end" for t in texts
    ]
    sql = f"select coalesce(sum({' + '.join(breaks)}), 0) from {rows_of(plan, body, plan.all_cells())}"
    [(inside,)] = run(conn, sql, parameters_of(plan, body))
    return int(inside)


def _add_lines(conn: duckdb.DuckDBPyConnection, plan: Plan, body: Body, is_regular: bool) -> None:
    """Give each faulty row its physical line."""
    header, skipped = plan.found.header.last_line, plan.found.header_index + 1
    if is_regular:
        conn.execute("update rest set line = file_row - ? + ?", [skipped, header])
        return
    wanted = [row.file_row for row in _faulty(conn)]
    if wanted:
        places = delimited.lines_of(body.path, plan.found.dialect.delimiter, skipped, wanted, plan.width)
        conn.executemany("update rest set line = ? where file_row = ?", [[v, k] for k, v in places.items()])


def _faulty(conn: duckdb.DuckDBPyConnection) -> list[FaultyRow]:
    sql = "select file_row, line, place, text from rest where fate = 'rejected' order by file_row limit ?"
    return [FaultyRow(*row) for row in conn.execute(sql, [KEPT_ROWS]).fetchall()]


def _second_headers(conn: duckdb.DuckDBPyConnection) -> list[int]:
    sql = "select line from rest where fate = 'rejected' and is_second_header order by file_row limit 10"
    return [line for (line,) in conn.execute(sql).fetchall()]


def _totals(conn: duckdb.DuckDBPyConnection, plan: Plan) -> list[dict[str, Any]]:
    columns = [bound.column for bound in plan.bound if bound.kind in ("money", "number", "count")]
    figures = ", ".join(["first_cell", "line", "said_window", *(f"v_{column}" for column in columns)])
    rows = conn.execute(f"select {figures} from rest where fate = 'total' order by file_row limit 1000").fetchall()
    return [dict(zip(["label", "line", "window", *columns], row, strict=True)) for row in rows]


def _weight(conn: duckdb.DuckDBPyConnection, plan: Plan) -> Decimal:
    weight = plan.found.match.form.weight
    if weight is None or weight not in plan.found.match.mapping:
        return Decimal(0)
    [(sum_,)] = conn.execute(f"select sum(abs(v_{weight})) from rest where fate = 'rejected'").fetchall()
    return Decimal(sum_ or 0)


def even(body: Body, plan: Plan, workspace: Path) -> Body:
    """A body whose records are all of the header's width."""
    target = workspace / "even.csv"
    return Body(target, body.lines, evening.even_out(body.path, plan.found, target), skip=0, tail=body.tail)
