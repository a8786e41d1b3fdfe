"""A house with deliveries behind it: what lands, what is loaded, and the warehouse as the version online."""

import datetime as dt
import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

import duckdb

from orchestration.demo.exports.files import ExportFile
from orchestration.ingest.keeping.manifest import read_manifests
from orchestration.ingest.keeping.outcome import FileOutcome
from orchestration.ingest.load import ingest
from orchestration.publish.candidate import SERVING
from orchestration.publish.content import TableContent
from orchestration.publish.version import Version, put_online
from orchestration.settings import Settings
from tests.publish.small_build import seal_again
from tests.trust.corruption.deliveries import Delivery

# The list of all exports, which the models read too.
EXPORTS = "duet/exports"


def land(settings: Settings, files: Iterable[ExportFile]) -> None:
    """Drop files; one of the same name is replaced, as a new file and not by writing into the old."""
    for export in files:
        path = settings.landing / export.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.write_bytes(export.content)
        written = export.written_at.replace(tzinfo=dt.UTC).timestamp()
        os.utime(path, (written, written))


def load(settings: Settings) -> dict[str, FileOutcome]:
    """Load what has landed."""
    return {outcome.path: outcome for outcome in ingest(settings).files}


def parts(lake: Path) -> Mapping[str, frozenset[tuple[str, int]]]:
    """The parts of each stream with their sizes."""
    found: dict[str, set[tuple[str, int]]] = {}
    for path in lake.glob("*/*/*.parquet"):
        found.setdefault(f"{path.parent.parent.name}/{path.parent.name}", set()).add((path.name, path.stat().st_size))
    return {stream: frozenset(several) for stream, several in found.items()}


def load_all(house: Settings, delivered: Delivery) -> None:
    land(house, delivered.files.values())
    wrong = {path: one.problems for path, one in load(house).items() if one.status not in ("loaded", "known")}
    assert not wrong, wrong


def copy_of(source: Path, place: Path) -> None:
    """Files are linked: Duet replaces them, and writes into none but the warehouse, which is copied."""
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(source, place, symlinks=True, copy_function=os.link)


def put_by_hand(house: Settings, number: int = 1) -> None:
    """The warehouse as the one version, by hand."""
    shutil.rmtree(house.published, ignore_errors=True)
    folder = house.published / f"v{number:06}-00000000"
    folder.mkdir(parents=True)
    shutil.copyfile(house.warehouse, folder / SERVING)
    day = house.as_of_date("UTC")
    moment = dt.datetime.combine(day, dt.time(), dt.UTC)
    with duckdb.connect(str(house.warehouse), read_only=True) as conn:
        tables = conn.execute("select table_name from duckdb_tables() where schema_name = 'marts'").fetchall()
    facts = dict.fromkeys(("fingerprint", "content_hash", "duet_version", "code_hash", "storage_version"), "")
    version = Version(
        version=folder.name, certified_at=moment, built_at=moment, as_of=day, engine="duckdb", run="by hand",
        rules={}, checks={}, files={}, tables={name: TableContent(rows=0, content_hash="") for (name,) in tables},
        inputs=_inputs(house), **facts,
    )  # fmt: skip
    seal_again(folder, version)
    put_online(house, folder.name)


def _inputs(house: Settings) -> list[dict[str, str]]:
    return [
        {"file_id": one.file_id, "file": one.name, "source": str(one.source), "stream": str(one.stream)}
        for one in read_manifests(house)
        if one.status == "loaded"
    ]
