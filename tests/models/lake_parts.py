"""Writes a small lake by hand: typed parts for the rows a test needs, empty parts for every other stream."""

import atexit
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from orchestration.ingest.contracts.sources import load_sources
from orchestration.ingest.keeping.lake import prepare

Row = Mapping[str, Any]


def write_lake(lake: Path, rows: Mapping[str, Sequence[Row]]) -> None:
    """Write one part per stream; rows are given as {"google_ads/campaign_days": [{"day": "2026-01-01", …}]}."""
    known = {f"{source.source}/{stream}" for source in load_sources().values() for stream in source.streams}
    assert set(rows) <= known, f"no such stream: {set(rows) - known}"
    copy_empty_lake(lake)
    for source in load_sources().values():
        for name, stream in source.streams.items():
            if filled := rows.get(f"{source.source}/{name}"):
                write_part(lake / source.source / name, stream.lake_schema(), filled)


def copy_empty_lake(lake: Path) -> None:
    """Every stream without a row; they are made once a process, because nearly every test needs them."""
    shutil.copytree(_empty_lake(), lake, copy_function=shutil.copyfile, dirs_exist_ok=True)


@cache
def _empty_lake() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="empty-lake-"))
    atexit.register(shutil.rmtree, folder)
    prepare(folder, load_sources())
    return folder


def write_part(folder: Path, schema: Mapping[str, str], rows: Sequence[Row], file_id: str = "test") -> None:
    """Write one Parquet part; a column that a row leaves out is null, lineage has defaults."""
    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect() as conn:
        conn.execute("create table part ({})".format(", ".join(f"{name} {kind}" for name, kind in schema.items())))
        for number, row in enumerate(rows, start=1):
            assert set(row) <= set(schema), f"no such column: {set(row) - set(schema)}"
            lineage = {"file_id": file_id, "file_row": number, "exported_at": "2026-06-30 12:00:00"}
            values = [{**lineage, **row}.get(name) for name in schema]
            conn.execute(f"insert into part values ({', '.join('?' for _ in schema)})", values)
        conn.execute(f"copy part to '{folder / (file_id + '.parquet')}' (format parquet)")
