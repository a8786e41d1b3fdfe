"""Invented rows as ingest would have left them in the lake, and the models built over them, timed."""

import resource
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import duckdb

from orchestration.engine.dbt import invoke
from orchestration.ingest.contracts.sources import load_sources
from orchestration.rules import Rules
from orchestration.settings import Settings

EXPORTED_AT = "timestamp '2026-06-30 12:00:00'"


def write_part(
    conn: duckdb.DuckDBPyConnection, lake: Path, stream: str, rows: str, columns: Mapping[str, str], name: str = "all"
) -> int:
    """Write one part of a stream from `rows`, which names i; columns left out are null. Returns its rows."""
    source, table = stream.split("/")
    schema = load_sources()[source].streams[table].lake_schema()
    values = {"file_id": f"'{name}'", "file_row": "i", "exported_at": EXPORTED_AT, **columns}
    selected = ", ".join(f"cast({values.get(column, 'null')} as {kind}) as {column}" for column, kind in schema.items())
    target = lake / stream / f"{name}.parquet"
    [(written,)] = conn.execute(f"copy (select {selected} from {rows}) to '{target}' (format parquet)").fetchall()
    return int(written)


def build(settings: Settings, *selected: str) -> tuple[list[tuple[float, str]], float]:
    """Build seeds and models one at a time; returns seconds and name of each, slowest first, and all CPU seconds."""
    kinds = ["--resource-type", "seed", "--resource-type", "model"]
    before = time.process_time()
    # Of two models at once each waits for the other, and a sum would count the waiting twice.
    result = invoke(["build", "--quiet", "--threads", "1", *kinds, *selected], settings, Rules())
    cpu = time.process_time() - before
    assert result.success, [one.message for one in result.result if one.status == "error"]
    return sorted(((one.execution_time, one.node.name) for one in result.result), reverse=True), cpu


def report(title: str, seconds: Sequence[tuple[float, str]], cpu: float) -> None:
    """Print the slowest models, their sum, the CPU seconds and the peak of memory."""
    print(f"{title}\n\n| model | s |\n|---|---|")
    for spent, name in seconds[:20]:
        print(f"| {name} | {spent:.1f} |")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 / 1024
    print(f"| all {len(seconds)} | {sum(spent for spent, _ in seconds):.1f} |\n\n{cpu:.0f} CPU s, peak {peak:.2f} GB")
