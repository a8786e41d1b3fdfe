"""Reads the rows of a Parquet file as records, so that nested columns become those of the same JSON document."""

import glob
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from orchestration import disk
from orchestration.engine.connection import connect
from orchestration.ingest.problems import Unreadable
from orchestration.ingest.unpacking import compressed, records
from orchestration.ingest.unpacking.tables import Table

BATCH = 2_000
AGAIN = "Write it again, or export the table as CSV (UTF-8)."


def table(path: Path, target: Path) -> Table:
    """The rows of a Parquet file; Unreadable where it is damaged or holds no row."""
    try:
        with connect() as conn:
            conn.execute("set threads = 1")
            _check_size(conn, path)
            found = records.write(_rows(conn, path), "Parquet", target)
    except duckdb.Error as error:
        if disk.is_refusal(error):
            raise
        raise Unreadable("a Parquet file that cannot be read to its end", "a whole Parquet file", AGAIN) from error
    if found is None:
        raise Unreadable("a Parquet file without a row", "an export with rows", "The last good figures stay.")
    return found


def _check_size(conn: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Cells may be stored as one value and a count: measure what they would fill."""
    sql = "select coalesce(sum(num_values), 0), coalesce(sum(total_uncompressed_size), 0) from parquet_metadata(?)"
    [sizes] = conn.execute(sql, [glob.escape(str(path))]).fetchall()
    compressed.check_size(int(max(sizes)), path.stat().st_size)


def _rows(conn: duckdb.DuckDBPyConnection, path: Path) -> Iterator[dict[str, Any]]:
    parameters = [glob.escape(str(path))]
    described = conn.execute("describe from read_parquet(?)", parameters).fetchall()
    # Python has no instant of DuckDB's kind; its text is ISO 8601 with the offset.
    instants = [name for name, kind, *_ in described if kind == "TIMESTAMP WITH TIME ZONE"]
    texts = ", ".join(f"cast({_quoted(name)} as varchar) as {_quoted(name)}" for name in instants)
    columns = f"* replace ({texts})" if texts else "*"
    result = conn.execute(f"select {columns} from read_parquet(?)", parameters)
    names = [name for name, *_ in described]
    while batch := result.fetchmany(BATCH):
        yield from (dict(zip(names, row, strict=True)) for row in batch)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
