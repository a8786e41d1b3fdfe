"""Reads small files of one form in one scan: planning a statement for each would cost far more than reading it."""

import csv
from collections.abc import Collection, Hashable, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from orchestration.ingest.cells.texts import quoted
from orchestration.ingest.judging.measures import Measures, measure_each
from orchestration.ingest.keeping.archive import Archived
from orchestration.ingest.landing.staging import Staged
from orchestration.ingest.opening import Opened
from orchestration.ingest.rows import scan
from orchestration.ingest.rows.evening import Evened
from orchestration.ingest.rows.plan import Plan
from orchestration.ingest.rows.reading import Reading
from orchestration.ingest.rows.scan import Body, UnevenFile
from orchestration.ingest.text.delimited import BrokenRecord, records

SMALL = 1 << 16  # bytes
FEW, MOST = 3, 256  # files that are worth a scan of their own, and those whose copies may lie about
NUMBERED = Body(Path(), 0, evened=Evened(), skip=0)


@dataclass(frozen=True)
class Scanned:
    """How a file was read, the fates of its rows, and what they add up to where that was asked in the same go."""

    plan: Plan
    body: Body
    reading: Reading
    measures: Measures | None = None


@dataclass
class Waiting:
    """A small file that waits for others of its form."""

    name: str
    staged: Staged
    opened: Opened
    entry: Archived
    plan: Plan
    body: Body
    folder: Path
    stack: ExitStack  # takes the folder away
    started: float

    @property
    def form(self) -> Hashable:
        """What files must share to be read together: the whole statement, and all that it is run with."""
        sql = scan.select_of(self.plan, NUMBERED)
        shared = {name: value for name, value in self.plan.parameters.items() if name not in ("file_id", "exported_at")}
        return sql, repr(sorted(shared.items()))


def may_wait(staged: Staged, plan: Plan, body: Body) -> bool:
    """Whether a file is small and has a header and nothing below its table that is read in its own way."""
    is_plain = body.path == staged.path and not plan.found.dialect.needs_transcoding
    return staged.bytes <= SMALL and is_plain and plan.found.has_header


def load_together(
    conn: duckdb.DuckDBPyConnection, group: Sequence[Waiting], folder: Path, allowed: Collection[str] = ()
) -> dict[str, Scanned]:
    """Write a part for every file of one form whose rows are all clean; the others are read on their own."""
    joined = folder / "joined.csv"
    # What is no UTF-8 stays so, and the scan refuses the group.
    with joined.open("w", encoding="utf-8", errors="surrogateescape", newline="") as file:
        delimiter = group[0].plan.found.dialect.delimiter
        writer = csv.writer(file, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n")
        counts = [_add(writer, one, number) for number, one in enumerate(group)]
    plan, body = group[0].plan, Body(joined, sum(filter(None, counts)), evened=Evened(), skip=0)
    sql = scan.select_of(plan, body).replace("select ", "select n_line, ", 1)
    try:
        scan.run(conn, f"create or replace temp table together as {sql}", scan.parameters_of(plan, body))
    except duckdb.InvalidInputException:
        return {}
    clean = dict(conn.execute("select n_line, count(*) from together group by n_line").fetchall())
    whole = {number: one for number, one in enumerate(group) if counts[number] and clean.get(number) == counts[number]}
    _write_parts(conn, whole, folder / "parts")
    measured = measure_each(conn, plan, "together", "n_line", allowed)
    scanned = {}
    for number, one in whole.items():
        part = one.folder / "part.parquet"
        [written] = (folder / "parts" / f"n_line={number}").iterdir()
        written.rename(part)
        with suppress(UnevenFile):
            reading = scan.explain_rest(conn, one.plan, one.body, part, clean[number])
            scanned[one.entry.file_id] = Scanned(one.plan, one.body, reading, measured[number])
    return scanned


def _write_parts(conn: duckdb.DuckDBPyConnection, whole: Mapping[int, Waiting], folder: Path) -> None:
    """One part a file, in one statement; each row takes the lineage of its file."""
    lineage = {
        "numbers": list(whole),
        "files": [one.entry.file_id for one in whole.values()],
        "exports": [one.plan.parameters["exported_at"] for one in whole.values()],
    }
    rows = """
        select together.* replace (files.file_id as file_id, cast(files.exported_at as timestamp) as exported_at)
        from together
        inner join (
            select unnest($numbers) as number, unnest($files) as file_id, unnest($exports) as exported_at
        ) as files on n_line = number
        order by n_line, file_row
    """
    options = "format parquet, compression zstd, partition_by (n_line)"
    scan.run(conn, f"copy ({rows}) to {quoted(str(folder))} ({options})", lineage)


def _add(writer: Any, one: Waiting, number: int) -> int | None:
    """Write the rows of a file and count them; nothing where one of them needs a closer look."""
    header, width = one.plan.found.header_index + 1, one.plan.width
    rows = []
    try:
        for place, (cells, _) in enumerate(records(one.body.path, one.plan.found.dialect.delimiter), start=1):
            if place > header:
                if len(cells) != width:
                    return None
                rows.append([*cells, place, number])
    except BrokenRecord:
        return None
    writer.writerows(rows)
    return len(rows)
