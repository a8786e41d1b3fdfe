"""The typed parts of the lake: always there, if only empty, and true only with their manifest."""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import duckdb

from orchestration.engine.connection import connect
from orchestration.ingest.contracts.sources import Source, Stream
from orchestration.ingest.keeping.commits import Commit, put
from orchestration.ingest.keeping.manifest import Manifest
from orchestration.ingest.problems import Problem

EMPTY = "empty.parquet"


def prepare(lake: Path, sources: dict[str, Source]) -> None:
    """Every stream exists with its schema of today; what a killed run left behind is gone."""
    streams = {
        lake / source.source / name: stream for source in sources.values() for name, stream in source.streams.items()
    }
    missing = {folder: stream for folder, stream in streams.items() if not _has_empty_part(folder, stream)}
    if missing:
        with connect() as conn:
            for folder, stream in missing.items():
                _write_empty_part(conn, folder, stream)
    for folder, stream in streams.items():
        _sweep(folder, is_derived=stream.kind == "derived")


def _has_empty_part(folder: Path, stream: Stream) -> bool:
    note = folder / "_empty.json"
    return (folder / EMPTY).exists() and note.exists() and note.read_bytes() == _schema(stream)


def _schema(stream: Stream) -> bytes:
    return json.dumps(stream.lake_schema()).encode()


def _write_empty_part(conn: duckdb.DuckDBPyConnection, folder: Path, stream: Stream) -> None:
    """An empty part can always be written again, so nobody waits for the disk here; its note comes last."""
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / f".empty-{os.getpid()}"
    columns = ", ".join(f"cast(null as {kind}) as {name}" for name, kind in stream.lake_schema().items())
    conn.execute(f"copy (select {columns} where false) to '{literal(temporary)}' (format parquet)")
    temporary.replace(folder / EMPTY)
    (folder / "_empty.json").write_bytes(_schema(stream))


def _sweep(folder: Path, is_derived: bool) -> None:
    """A part without a manifest, or a manifest without its part, does not exist; what is derived needs neither."""
    names = {path.name for path in folder.iterdir()}
    for name in names:
        twin = f"_{Path(name).stem}.json" if name.endswith(".parquet") else _part_name(name)
        if name.startswith(".") or (not is_derived and twin not in names):
            (folder / name).unlink(missing_ok=True)


def _part_name(manifest_name: str) -> str:
    return manifest_name.removeprefix("_").removesuffix(".json") + ".parquet"


def add(commit: Commit, lake: Path, part: Path, manifest: Manifest, earlier: Manifest | None) -> None:
    """Put a part in its place, then its manifest: with that it counts, and what it was read as before does not."""
    folder = lake / str(manifest.source) / str(manifest.stream)
    folder.mkdir(parents=True, exist_ok=True)
    if earlier and (earlier.source, earlier.stream) != (manifest.source, manifest.stream):
        withdraw(lake, manifest.file_id)  # first: should this run die here, the next one reads the file again
    commit.put(part, folder / f"{manifest.file_id}.parquet")
    commit.seal(folder / f"_{manifest.file_id}.json", asdict(manifest))


def withdraw(lake: Path, file_id: str) -> None:
    """Take a file out of every stream; the manifest goes first."""
    for path in lake.glob(f"*/*/_{file_id}.json"):
        path.unlink()
        (path.parent / f"{file_id}.parquet").unlink(missing_ok=True)


def write_rejected_rows(target: Path, file_id: str, problems: Iterable[Problem]) -> None:
    """Keep the rows that were set aside: where they are and why, without personal data."""
    rows = [(file_id, p.line, p.column, f"expected {p.expected}. {p.remedy}", p.found) for p in problems]
    columns = {"file_id": "varchar", "line": "bigint", '"column"': "varchar", "reason": "varchar", "text": "varchar"}
    lists = [list(values) for values in zip(*rows, strict=True)] or [[] for _ in columns]
    unnested = ", ".join(f"unnest(cast(? as {kind}[])) as {name}" for name, kind in columns.items())
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}-{os.getpid()}")
    with connect() as conn:
        conn.execute(f"create table rejected as select {unnested}", lists)
        conn.execute(f"copy rejected to '{literal(temporary)}' (format parquet)")
    put(temporary, target)


def literal(path: Path) -> str:
    """A path inside a SQL literal."""
    return str(path).replace("'", "''")
