"""Reads one recognised file into a typed part and gives a full account of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from orchestration.engine.connection import DISABLED_OPTIMIZERS, connect
from orchestration.ingest.cells.texts import quoted
from orchestration.ingest.judging import claims, totals, verdict
from orchestration.ingest.judging.measures import measure
from orchestration.ingest.keeping.archive import Archived
from orchestration.ingest.keeping.manifest import Manifest
from orchestration.ingest.opening import Opened
from orchestration.ingest.preparing import Circumstances, prepared
from orchestration.ingest.recognition.suggestions import suggestions
from orchestration.ingest.rows import repeats, scan, tails
from orchestration.ingest.rows.evening import Evened, UnevenRecord
from orchestration.ingest.rows.plan import Plan
from orchestration.ingest.rows.reading import Reading
from orchestration.ingest.rows.scan import Body, UnevenFile
from orchestration.ingest.siblings import Scanned
from orchestration.ingest.text.delimited import lines_of
from orchestration.ingest.text.dialect import Dialect
from orchestration.ingest.text.encoding import is_windows_file
from orchestration.ingest.unpacking.tables import Table


@dataclass(frozen=True)
class Read:
    """A manifest, and the rows that it speaks of but does not hold."""

    manifest: Manifest
    reading: Reading
    plan: Plan


def read(
    conn: duckdb.DuckDBPyConnection, opened: Opened, entry: Archived, contract: str, circumstances: Circumstances,
    workspace: Path, scanned: Scanned | None = None,
) -> Read:  # fmt: skip
    """Read a file, or give the account of what was scanned together with others.

    The part is `part.parquet` in the workspace and counts only where the manifest says loaded.
    """
    part = workspace / "part.parquet"
    scanned = scanned or _scan(conn, opened, entry, circumstances, workspace)
    plan, body, reading = scanned.plan, scanned.body, scanned.reading
    _settle_repeats(conn, plan, body, reading, part)
    is_proved = bool(reading.totals or body.tail.lines or opened.table.container)
    reading.is_open = plan.found.has_header and not is_proved and tails.is_open(opened.table.path)
    allowed = circumstances.accounts.get(plan.found.match.source, ())
    measures = None if reading.totals or reading.repeats else scanned.measures
    if measures is None:
        measures = measure(conn, plan, part, bool(reading.totals), allowed)
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
        at_stake=f"{reading.rejected_weight + measures.weight * is_rejected:.2f}" if match.form.weight else None,
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
) -> Scanned:
    """The fast way for a regular file; a file of uneven records is evened out first, in Python."""
    plan, body = prepared(opened, entry, circumstances, workspace)
    part = workspace / "part.parquet"
    if not plan.found.has_header:
        return Scanned(plan, body, scan.load_nothing(conn, plan, part))
    try:
        return Scanned(plan, body, scan.explain_rest(conn, plan, body, part, scan.load(conn, plan, body, part)))
    except UnevenFile as error:
        is_text = "unicode" in str(error).lower() and plan.found.dialect.encoding == "utf-8"
        if is_text and is_windows_file(body.path):
            as_windows = replace(opened.found, dialect=Dialect("cp1252", plan.found.dialect.delimiter))
            return _scan(conn, replace(opened, found=as_windows), entry, circumstances, workspace)
    even = scan.even(body, plan, workspace)
    if even.evened and even.evened.fatal:
        return Scanned(plan, body, _unreadable(plan, even.evened, even.evened.fatal))
    return Scanned(plan, body, scan.explain_rest(conn, plan, even, part, scan.load(conn, plan, even, part)))


def _settle_repeats(conn: duckdb.DuckDBPyConnection, plan: Plan, body: Body, reading: Reading, part: Path) -> None:
    """Rows that an export holds twice are loaded once; which rows contradict each other is told by their lines."""
    if not plan.found.match.form.unique or not reading.rows["loaded"]:
        return
    found = repeats.settle(conn, plan, part, reading.rows["loaded"])
    if found.clashes:
        wanted = {row for pair in found.clashes for row in pair}
        skipped = plan.found.header_index + 1
        places = lines_of(body.path, plan.found.dialect.delimiter, skipped, wanted, plan.width)
        reading.clashes = [(places.get(earlier), places.get(later)) for earlier, later in found.clashes]
    elif found.count:
        reading.repeats = found.count
        reading.rows["loaded"] -= found.count
        reading.rows["note"] += found.count


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


def _unreadable(plan: Plan, evened: Evened, fault: UnevenRecord) -> Reading:
    """Nothing of a file is loaded whose records cannot be told apart to the end."""
    skipped = plan.found.header_index + 1
    preamble = [any(record.cells) for record in plan.found.records[:skipped]]
    rejected = max(fault.file_row - skipped - evened.blank, 1)  # the one that has no end
    rows = {"loaded": 0, "rejected": rejected, "total": 0, "note": sum(preamble)}
    return Reading(rows | {"blank": preamble.count(False) + evened.blank}, uneven=[fault])
