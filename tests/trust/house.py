"""A small house in which everything is real but dbt: one statement over the lake stands for the models.

Landing folder, archive, lake, ledgers, lock, candidate, audit, seals and switch are those of every refresh, and one
takes half a second, so that a thousand of them can be killed.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import types
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from orchestration import durable
from orchestration.ingest import load, run
from orchestration.ingest.contracts.sources import load_sources
from orchestration.ingest.keeping import exports
from orchestration.ingest.keeping.manifest import read_manifests
from orchestration.publish import checks
from orchestration.publish.certify import certify
from orchestration.publish.lock import lock_path
from orchestration.publish.seals import digest_of
from orchestration.publish.version import online, serving_file, shelf
from orchestration.rules import load_rules
from orchestration.settings import Settings
from tests.publish import small_build

RULES = "publish: {keep_versions: 1}\n"
HEADER = "date,channel,spend,currency\n"
# The second of the new files has a row that is set aside among 1,500.
OLD = {"january.csv": HEADER + "2026-01-10,flyers,10.00,USD\n2026-02-10,flyers,20.00,USD\n"}
NEW = {
    "april.csv": HEADER + "2026-04-10,radio,40.00,USD\n2026-05-10,radio,50.00,USD\n",
    "june.csv": HEADER + "2026-06-10,radio,0.01,USD\n" * 1500 + "2026-06-11,radio,x,USD\n",
}
SPEND = """
select strftime(date_trunc('month', date), '%Y-%m-%d') as month, sum(spend) + count(*) * 0.001 as value
from read_parquet(?) group by all order by all
"""


@dataclass(frozen=True)
class Facts:
    """What must be the same however often a run was interrupted."""

    content_hash: str
    values: list[tuple[str, float]]
    rows: dict[str, dict[str, int]]
    files: list[str]


def settings_of(folder: Path) -> Settings:
    """The settings of a house in this folder."""
    return Settings(data_dir=folder / "data", config=folder / "duet.yml", as_of="2026-06-30", hash_key="k" * 32)


def environment(folder: Path) -> dict[str, str]:
    """The same settings as variables, for the `duet` command."""
    return {
        "DUET_DATA_DIR": str(folder / "data"),
        "DUET_CONFIG": str(folder / "duet.yml"),
        "DUET_AS_OF": "2026-06-30",
        "DUET_HASH_KEY": "k" * 32,
        # A small house asks for no room beforehand, so that a disk can run full under it.
        "DUET_SPACE_PER_RUN": "0",
        "DUET_SPACE_FACTOR": "0",
    }


def found(folder: Path, files: dict[str, str]) -> Settings:
    """A house with its rules and these files in the landing folder."""
    settings = settings_of(folder)
    settings.landing.mkdir(parents=True)
    (folder / "duet.yml").write_text(RULES)
    land(settings, files)
    return settings


def land(settings: Settings, files: dict[str, str]) -> None:
    """Drop files."""
    for name, text in files.items():
        (settings.landing / name).write_text(text)


def copy_of(folder: Path, place: Path) -> Settings:
    """The same house again, second names of files included."""
    subprocess.run(["cp", "-a", str(folder), str(place)], check=True)
    return settings_of(place)


def run_small_job(settings: Settings, say: Callable[[str], None]) -> list[str]:
    """What stands for the job: a warehouse of one mart from the lake, then candidate, audit and publish as they are."""
    parts = [str(path) for path in sorted((settings.lake / "template/ad_spend").glob("*.parquet"))]
    with duckdb.connect() as conn:
        months = conn.execute(SPEND, [parts]).fetchall()
    rules = load_rules(settings.config)
    outcomes = (settings.state / "landing.json").read_text()
    small_build.build(settings, months, run=hashlib.sha256(repr(months).encode()).hexdigest()[:8])
    durable.write_text(settings.state / "landing.json", outcomes)
    small_build.candidate_with_audit(settings, rules=rules)
    certify(settings, rules)
    return []


def without_dbt() -> None:
    """For this process: the small job in the place of Dagster's, the small suite and two sources instead of all."""
    few = {name: source for name, source in load_sources().items() if name in ("duet", "template")}
    for module in (load, run, exports):
        module.load_sources = lambda: few  # type: ignore[attr-defined]
    checks.suites = lambda: small_build.SUITES  # type: ignore[assignment]
    job = types.ModuleType("orchestration.run.job")
    job.run_job = run_small_job  # type: ignore[attr-defined]
    sys.modules["orchestration.run.job"] = job


def facts_of(settings: Settings) -> Facts:
    """What the house says now, checked for everything that must be so in any case."""
    version = online(settings)
    assert version is not None
    assert digest_of(serving_file(settings)) == version.files["kpi_serving.duckdb"], "the stable path lags behind"
    assert not lock_path(settings).exists(), "the lock is held by nobody"
    manifests = read_manifests(settings)
    assert len({manifest.file_id for manifest in manifests}) == len(manifests), "a file counts twice"
    for bytes_kept in (path for path in settings.archive.iterdir() if path.suffix != ".json"):
        assert digest_of(bytes_kept) == bytes_kept.name, "the archive holds other bytes than its name says"
    kept = [path for room in (settings.archive, settings.lake, settings.quarantine) for path in room.rglob("*")]
    kept += [path for path in settings.published.glob(".*") if path.name != ".candidate"]
    return Facts(
        version.content_hash,
        small_build.values_online(settings),
        {manifest.name: dict(manifest.rows) for manifest in manifests},
        sorted(str(path.relative_to(settings.data_dir)) for path in kept if path.is_file()),
    )


def readable(settings: Settings, allowed: dict[str, list[tuple[str, float]]]) -> None:
    """Readers see one of the allowed versions, whole, on both ways to it, and nothing is damaged."""
    seen = shelf(settings)
    assert not seen.alarms, seen.alarms
    if seen.online is not None:
        assert seen.online.content_hash in allowed
    if serving_file(settings).exists():
        assert small_build.values_online(settings) in list(allowed.values())


def lake_rows(settings: Settings) -> int:
    """How many rows of spend the lake holds."""
    parts = [str(path) for path in (settings.lake / "template/ad_spend").glob("*.parquet")]
    with duckdb.connect() as conn:
        [(rows,)] = conn.execute("select count(*) from read_parquet(?)", [parts]).fetchall()
    return int(rows)


def write_record(path: Path, record: dict[str, Any]) -> None:
    """Leave a record for the process that waits for it."""
    path.write_text(json.dumps(record))


def remove(folder: Path) -> None:
    """Take a house away."""
    shutil.rmtree(folder, ignore_errors=True)
