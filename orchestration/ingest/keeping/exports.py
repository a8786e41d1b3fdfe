"""The lake table duet/exports: what every loaded file covers, worked out from the manifests."""

import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from orchestration.durable import write_json
from orchestration.engine.connection import connect
from orchestration.ingest.contracts.sources import load_sources
from orchestration.ingest.keeping import lake
from orchestration.ingest.keeping.commits import put
from orchestration.ingest.keeping.manifest import Manifest

STREAM = Path("duet") / "exports"


def write_exports(root: Path, manifests: Iterable[Manifest]) -> None:
    """Write the table anew, whole or not at all, where it would say something else than it does."""
    loaded = sorted((one for one in manifests if one.status == "loaded"), key=lambda one: one.file_id)
    columns = load_sources()["duet"].streams["exports"].lake_schema()
    rows = [_row(one) for one in loaded]
    content = {"hash": hashlib.sha256(json.dumps([columns, rows]).encode()).hexdigest()}
    target, note = root / STREAM / "exports.parquet", root / STREAM / "_exports.json"
    if target.exists() and note.exists() and json.loads(note.read_bytes()) == content:
        return
    _write(target, columns, rows)
    write_json(note, content)


def _row(one: Manifest) -> list[Any]:
    start, end = one.declared or (None, None)
    about = [one.file_id, one.source, one.stream, one.format, one.breakdown, one.account_id]
    return [*about, start, end, one.exported_at, one.rows["loaded"]]


def _write(target: Path, columns: dict[str, str], rows: list[list[Any]]) -> None:
    lists = [list(values) for values in zip(*rows, strict=True)] or [[] for _ in columns]
    cells = [f"cast(unnest(cast(? as varchar[])) as {kind}) as {name}" for name, kind in columns.items()]
    texts = [[None if cell is None else str(cell) for cell in values] for values in lists]
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".exports-{os.getpid()}")
    with connect() as conn:
        conn.execute(f"create table exports as select {', '.join(cells)}", texts)
        conn.execute(f"copy exports to '{lake.literal(temporary)}' (format parquet)")
    put(temporary, target)
