"""Reads one recognised file into a typed part and gives a full account of it."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb

from orchestration.engine.connection import DISABLED_OPTIMIZERS, connect
from orchestration.ingest import (
    claims,
    dayorder,
    figures,
    lines,
    marks,
    repeats,
    scan,
    tails,
    totals,
    transcode,
    verdict,
)
from orchestration.ingest.archive import Archived
from orchestration.ingest.candidates import Recognised
from orchestration.ingest.cells import Locale, quoted
from orchestration.ingest.dayorder import Order
from orchestration.ingest.dialect import Dialect
from orchestration.ingest.manifest import Manifest
from orchestration.ingest.measures import measure
from orchestration.ingest.opening import Opened
from orchestration.ingest.plan import Plan
from orchestration.ingest.reading import Reading
from orchestration.ingest.scan import Body, UnevenFile
from orchestration.ingest.suggestions import suggestions
from orchestration.ingest.tables import Table


@dataclass(frozen=True)
class Circumstances:
    """What a reading depends on beside the file and its contract."""

    hash_key: str
    timezone: str
    accounts: Mapping[str, Collection[str]] = field(default_factory=dict)  # by source, those whose exports may land


@dataclass(frozen=True)
class Read:
    """A manifest, and the rows that it speaks of but does not hold."""

    manifest: Manifest
    reading: Reading
    plan: Plan


def read(
    conn: duckdb.DuckDBPyConnection, opened: Opened, entry: Archived, contract: str, circumstances: Circumstances,
    workspace: Path, scanned: tuple[Plan, Body, Reading] | None = None,
) -> Read:  # fmt: skip
    """Read a file, or give the account of what was scanned together with others.

    The part is `part.parquet` in the workspace and counts only where the manifest says loaded.
    """
    part = workspace / "part.parquet"
    plan, body, reading = scanned or _scan(conn, opened, entry, circumstances, workspace)
    _settle_repeats(conn, plan, body, reading, part)
    is_proved = bool(reading.totals or body.tail.lines or opened.table.container)
    reading.is_open = plan.found.has_header and not is_proved and tails.is_open(opened.table.path)
    allowed = circumstances.accounts.get(plan.found.match.source, ())
    measures = measure(conn, plan, part, has_totals=bool(reading.totals), allowed=allowed)
    reading.is_by_month = measures.is_by_month
    _tell_places(reading, opened.table)
    match = plan.found.match
    rules = match.form.totals
    entries = totals.compare(rules, reading.totals, measures.sums, reading.rows["loaded"]) if rules else []
    problems, is_rejected = verdict.judge(entry.name, plan, reading, entries, measures)
    declared = claims.declared_window(plan, reading)
    manifest = Manifest(
        file_id=entry.file_id, sha256=entry.sha256, name=entry.name,
        status="rejected" if is_rejected else "loaded",
        source=match.source, stream=match.form.stream, format=match.name, contract=contract,
        landed_at=entry.landed_at, exported_at=plan.parameters["exported_at"], bytes=entry.bytes,
        container=opened.table.container, member=opened.table.member,
        encoding=plan.found.dialect.encoding, delimiter=plan.found.dialect.delimiter, decimal=plan.locale.decimal,
        header_line=opened.table.place(plan.found.header.first_line) or None if plan.found.has_header else None,
        columns={bound.column: bound.header for bound in plan.bound},
        ignored=[match.cells[place] for place in match.ignored],
        unknown=[match.cells[place] for place in match.unknown], suggestions=suggestions(match),
        rows=reading.rows, window=measures.window, declared=(str(declared[0]), str(declared[1])) if declared else None,
        breakdown=match.breakdown_name, account_id=plan.said_account, totals=entries,
        notes=verdict.notes(plan, reading, entries), problems=problems,
    )  # fmt: skip
    return Read(manifest, reading, plan)


@contextmanager
def session(circumstances: Circumstances, folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that reads files one after the other; what does not fit into memory goes to the folder."""
    with connect() as conn:
        # Sharing subexpressions would work out the slow spellings of every cell that the fast one has read.
        conn.execute(f"set disabled_optimizers = '{DISABLED_OPTIMIZERS},common_subexpressions'")
        conn.execute("set threads = 1")  # numbering rows is serial; a second thread would only hold memory
        conn.execute(f"set temp_directory = {quoted(str(folder))}")
        conn.execute("set variable hash_key = ?", [circumstances.hash_key])
        yield conn


def _scan(
    conn: duckdb.DuckDBPyConnection, opened: Opened, entry: Archived, circumstances: Circumstances, workspace: Path
) -> tuple[Plan, Body, Reading]:
    """The fast way for a regular file; a file of uneven records is evened out first, in Python."""
    plan, body = prepared(opened, entry, circumstances, workspace)
    part = workspace / "part.parquet"
    if not plan.found.has_header:
        return plan, body, scan.load_nothing(conn, plan, part)
    try:
        return plan, body, scan.explain_rest(conn, plan, body, part, scan.load(conn, plan, body, part))
    except UnevenFile as error:
        is_text = "unicode" in str(error).lower() and plan.found.dialect.encoding == "utf-8"
        if is_text and transcode.is_windows_file(body.path):
            as_windows = replace(opened.found, dialect=Dialect("cp1252", plan.found.dialect.delimiter))
            return _scan(conn, replace(opened, found=as_windows), entry, circumstances, workspace)
    even = scan.even(body, plan, workspace)
    if even.evened and even.evened.fatal:
        return plan, body, _unreadable(plan, even.evened, even.evened.fatal)
    return plan, body, scan.explain_rest(conn, plan, even, part, scan.load(conn, plan, even, part))


def _settle_repeats(conn: duckdb.DuckDBPyConnection, plan: Plan, body: Body, reading: Reading, part: Path) -> None:
    """Rows that an export holds twice are loaded once; which rows contradict each other is told by their lines."""
    if not plan.found.match.form.unique or not reading.rows["loaded"]:
        return
    found = repeats.settle(conn, plan, part, reading.rows["loaded"])
    if found.clashes:
        wanted = {row for pair in found.clashes for row in pair}
        skipped = plan.found.header_index + 1
        places = lines.lines_of(body.path, plan.found.dialect.delimiter, skipped, wanted, plan.width)
        reading.clashes = [(places.get(earlier), places.get(later)) for earlier, later in found.clashes]
    elif found.count:
        reading.repeats = found.count
        reading.rows["loaded"] -= found.count
        reading.rows["note"] += found.count


def prepared(opened: Opened, entry: Archived, circumstances: Circumstances, workspace: Path) -> tuple[Plan, Body]:
    """How a file becomes rows of the lake, and its bytes as the scan reads them."""
    table, found = opened.table, opened.found
    body = Body(table.path, table.lines)
    if found.dialect.needs_transcoding:
        target = workspace / "utf8.csv"
        body = Body(target, transcode.to_utf8(table.path, found.dialect.encoding, target))
    form = found.match.form
    if form.footer and found.has_header:
        tail = tails.find_tail(body.path, form.footer, found.dialect.delimiter)
        if tail.begins_at is not None:
            lines = body.lines - len(tail.lines) - tail.blank
            body = Body(tails.cut(body.path, tail, workspace / "body.csv"), lines, tail=tail)
    facts = marks.facts_of(form, found.preamble, body.tail.lines)
    timezone = "UTC" if form.timezone == "UTC" else circumstances.timezone
    decimal = "." if table.has_typed_cells else figures.decimal_mark(found)
    order = _order(found, body, decimal)
    formats = (
        *form.dates,
        *dayorder.in_order(form.dates_in_proven_order, order.is_day_first),
        *(form.dates_beside_comma if decimal == "," else ()),
    )
    locale = Locale(decimal, timezone, formats, tuple(form.nulls), tuple(form.languages))
    exported_at = marks.in_utc(facts.exported_at, timezone) if facts.exported_at else entry.landed_at
    return Plan(found, locale, {"file_id": entry.file_id, "exported_at": exported_at}, facts, order.doubt), body


def _order(found: Recognised, body: Body, decimal: str) -> Order:
    """Which order of day and month the file proves; not asked where no date depends on it."""
    match = found.match
    if not match.form.dates_in_proven_order or not found.has_header:
        return Order(is_day_first=False, is_month_first=False, doubt=None)
    dated = {name for name, column in match.stream.columns.items() if column.type in ("date", "timestamp", "stamps")}
    places = {place for name, place in match.mapping.items() if name in dated}
    places |= {place for name in dated for place in match.repeated.get(name, ())}
    skip = found.header_index + 1 if body.skip is None else body.skip
    return dayorder.find(body.path, found.dialect.delimiter, skip, places, decimal == ",")


def _tell_places(reading: Reading, table: Table) -> None:
    """Speak of the lines, rows or records of the file that somebody has, not of the table that it was rewritten as."""
    reading.faulty = [replace(row, line=table.place(row.line)) for row in reading.faulty]
    reading.uneven = [replace(record, line=table.place(record.line) or 1) for record in reading.uneven]
    reading.second_headers = [table.place(line) or 1 for line in reading.second_headers]
    reading.clashes = [(table.place(earlier), table.place(later)) for earlier, later in reading.clashes]
    for total in reading.totals:
        total["line"] = table.place(total["line"])
    reading.rows["note"] -= table.has_made_header
    for fate, count in table.set_aside.items():
        reading.rows[fate] += count


def _unreadable(plan: Plan, evened: transcode.Evened, fault: transcode.UnevenRecord) -> Reading:
    """Nothing of a file is loaded whose records cannot be told apart to the end."""
    skipped = plan.found.header_index + 1
    preamble = [any(record.cells) for record in plan.found.records[:skipped]]
    rejected = max(fault.file_row - skipped - evened.blank, 1)  # the one that has no end
    rows = {"loaded": 0, "rejected": rejected, "total": 0, "note": sum(preamble)}
    return Reading(rows | {"blank": preamble.count(False) + evened.blank}, uneven=[fault])
