"""Rows of one export that tell the same thing twice: equal ones are kept once, contradictions refuse the file.

Ten million keys are not held in memory: their hashes are written down and looked through a share at a time.
"""

import glob
from dataclasses import dataclass, field
from pathlib import Path

import duckdb

from orchestration.ingest.cells.texts import quoted
from orchestration.ingest.rows.plan import Plan

SHARE = 1_000_000  # hashes that are looked at in one go
MOST_CLASHES = 100


@dataclass
class Repeats:
    """How many rows were repeats, and the first rows that contradict an earlier one: (earlier, later) file rows."""

    count: int = 0
    clashes: list[tuple[int, int]] = field(default_factory=list)


def settle(conn: duckdb.DuckDBPyConnection, plan: Plan, part: Path, rows: int) -> Repeats:
    """Take the repeats out of a part; a part with contradictions is left as it is."""
    keys = key_columns(plan)
    if not keys or rows < 2:
        return Repeats()
    notes = part.with_name("keys.parquet")
    try:
        if not _find_twins(conn, keys, part, notes, rows):
            return Repeats()
        found = _told_apart(conn, plan, keys, part, notes)
        if found.count and not found.clashes:
            _rewrite(conn, part)
        return found
    finally:
        notes.unlink(missing_ok=True)
        conn.execute("drop table if exists twins")
        conn.execute("drop table if exists repeats")


def key_columns(plan: Plan) -> list[str]:
    """The columns that tell rows apart; none where the export lacks one of them, for then nothing can be said."""
    bound = {bound.column for bound in plan.bound}
    known = bound | {name for name, value in plan.constants().items() if value is not None}
    known |= {"member"} if plan.found.match.breakdown else set()
    columns = plan.found.match.form.unique
    return columns if set(columns) <= known else []


def _find_twins(conn: duckdb.DuckDBPyConnection, keys: list[str], part: Path, notes: Path, rows: int) -> bool:
    """Keep the hashes of keys that stand there more than once; hashes of different keys may be equal by chance."""
    hashes = f"select {_hash(keys)} as key from {_file(part)} where {_is_comparable(keys)}"
    if rows > SHARE:
        conn.execute(f"copy ({hashes}) to {_target(notes)} (format parquet, compression uncompressed)")
        hashes = f"select key from {_file(notes)}"
    conn.execute("create temp table twins (key ubigint)")
    for mine in _shares(rows):
        conn.execute(f"insert into twins select key from ({hashes}) where {mine} group by key having count(*) > 1")
    [(found,)] = conn.execute("select count(*) from twins").fetchall()
    return bool(found)


def _told_apart(conn: duckdb.DuckDBPyConnection, plan: Plan, keys: list[str], part: Path, notes: Path) -> Repeats:
    """Which rows repeat an earlier one and which contradict it; a second hash tells keys apart that share the first."""
    content = [*plan.found.match.stream.columns, "extra"]
    suspects = (
        f"select {_hash(keys)} as key, {_hash(['1', *keys])} as second, file_row, {_hash(content)} as content "
        f"from {_file(part)} where {_is_comparable(keys)} and {_hash(keys)} in (select key from twins)"
    )
    [(rows,)] = conn.execute(
        f"copy ({suspects}) to {_target(notes)} (format parquet, compression uncompressed)"
    ).fetchall()
    conn.execute("create temp table repeats (file_row bigint, kept bigint, clashes boolean)")
    first = "over (partition by key, second order by file_row)"
    told = (
        f"select file_row, first_value(file_row) {first} as kept, content <> first_value(content) {first} as clashes "
        f"from {_file(notes)}"
    )
    for mine in _shares(int(rows)):
        conn.execute(f"insert into repeats select * from ({told} where {mine}) where file_row <> kept")
    clashes = "select kept, file_row from repeats where clashes order by file_row limit ?"
    [(count,)] = conn.execute("select count(*) from repeats").fetchall()
    return Repeats(int(count), conn.execute(clashes, [MOST_CLASHES]).fetchall())


def _rewrite(conn: duckdb.DuckDBPyConnection, part: Path) -> None:
    target = part.with_name("once.parquet")
    once = f"select * from {_file(part)} where file_row not in (select file_row from repeats)"
    conn.execute(f"copy ({once}) to {_target(target)} (format parquet, compression zstd)")
    target.replace(part)


def _shares(rows: int) -> list[str]:
    """Conditions that split so many hashes into shares of a size that is held in memory."""
    count = -(-rows // SHARE)
    return [f"key % {count} = {share}" for share in range(count)] if count > 1 else ["true"]


def _file(path: Path) -> str:
    return f"read_parquet({quoted(glob.escape(str(path)))})"


def _target(path: Path) -> str:
    return quoted(str(path))


def _hash(keys: list[str]) -> str:
    return f"hash({', '.join(keys)})"


def _is_comparable(keys: list[str]) -> str:
    return " and ".join(f"{key} is not null" for key in keys)
