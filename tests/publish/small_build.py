"""A finished build by hand: a warehouse with one mart, and what dbt would have left about it."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from expectations.believable import Believable, within
from expectations.validate import Finding
from orchestration import durable
from orchestration.publish.audit import audit, keep_findings
from orchestration.publish.build import begin_build, keep_build
from orchestration.publish.candidate import SERVING, build_candidate
from orchestration.publish.certify import certify
from orchestration.publish.files import keep_outcomes
from orchestration.publish.gate.every import EVERY, Verdict, keep_verdicts
from orchestration.publish.seals import MANIFEST, files_of, seal
from orchestration.publish.version import Version, online, put_online, serving_file
from orchestration.rules import Rules
from orchestration.settings import Settings, get_settings

SUITES: dict[str, list[Believable]] = {"kpi_values": [within("value", 0, 100, "a KPI here is between 0 and 100")]}
USUAL = [Verdict(id=guard.id, passed=True, observed="nothing out of the ordinary") for guard in EVERY]
GOOD = Finding(table="kpi_values", name="value_is_in_range", passed=True, observed="no row outside")
COLUMNS = {
    "kpi": "string", "variant": "string", "grain": "string", "period": "date", "dimension": "string",
    "member": "string", "value": "decimal(28,8)", "numerator": "decimal(28,8)", "denominator": "decimal(28,8)",
    "n": "bigint", "unit": "string", "is_complete": "boolean", "is_mature": "boolean", "kpi_version": "string",
    "as_of": "date",
}  # fmt: skip
UNIQUE = "test.duet.unique_kpi_values_kpi.0123456789"
IDENTITY = "test.duet.assert_spend_is_never_negative"
UNIT = "unit_test.duet.kpi_values.a_share_without_denominator_is_null"
NEGATIVE = "select kpi, period, value, 'f1' as file_id, 7 as file_row from warehouse.marts.kpi_values where value < 0"


def settings_at(folder: Path) -> Settings:
    return Settings(data_dir=folder, as_of="2026-06-30", engine="duckdb")


@contextmanager
def lived_in(folder: Path, config: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    """The house that a command finds by its environment, with the suites of a small build."""
    monkeypatch.setenv("DUET_DATA_DIR", str(folder))
    monkeypatch.setenv("DUET_AS_OF", "2026-06-30")
    monkeypatch.setenv("DUET_CONFIG", str(config))
    monkeypatch.setattr("orchestration.publish.checks.suites", lambda: SUITES)
    get_settings.cache_clear()
    yield get_settings()
    get_settings.cache_clear()


def build(
    settings: Settings,
    values: list[tuple[str, Any]],
    failing: str | None = None,
    run: str = "run-1",
    unasked: tuple[str, ...] = (),
) -> None:
    """Write the warehouse and dbt's artefacts; values are (month, value) of the KPI `spend`."""
    settings.state.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(settings.warehouse)) as conn:
        conn.execute("create schema if not exists marts")
        columns = ", ".join(f"{name} {kind.replace('string', 'varchar')}" for name, kind in COLUMNS.items())
        conn.execute(f"create or replace table marts.kpi_values ({columns})")
        conn.executemany(f"insert into marts.kpi_values values ({', '.join('?' for _ in COLUMNS)})", rows_of(values))
    begin_build(settings)
    target = settings.state / "dbt" / run
    target.mkdir(parents=True, exist_ok=True)
    (target / "manifest.json").write_text(json.dumps(manifest()))
    told = [result for result in results(failing) if result["unique_id"] not in unasked]
    (target / "run_results.json").write_text(json.dumps({"results": told}))
    keep_build(settings, run, target)
    keep_outcomes(settings, [])


def rows_of(values: list[tuple[str, Any]]) -> list[tuple[Any, ...]]:
    key, reading = ("spend", "", "month"), (1, "USD", True, True, "1", "2026-06-30")
    return [(*key, month, "", "", Decimal(str(value)), Decimal(str(value)), 1, *reading) for month, value in values]


def manifest() -> dict[str, Any]:
    model = {
        "resource_type": "model",
        "name": "kpi_values",
        "schema": "marts",
        "description": "One row per KPI's value.",
        "config": {"enabled": True},
        "columns": {name: {"data_type": kind, "description": f"The {name}."} for name, kind in COLUMNS.items()},
    }
    meta = {"identity": "S4", "owner": "marketing", "remedy": "ask the platform for a credit note"}
    tests = {
        UNIQUE: {
            "name": "unique_kpi_values_kpi",
            "config": {"severity": "ERROR"},
            "column_name": "kpi",
            "test_metadata": {"name": "unique"},
            "attached_node": "model.duet.kpi_values",
        },
        IDENTITY: {"name": "assert_spend_is_never_negative", "config": {"severity": "error", "meta": meta}},
    }
    for name, node in tests.items():
        node |= {"unique_id": name, "resource_type": "test", "depends_on": {"nodes": ["model.duet.kpi_values"]}}
    unit = {"name": UNIT.rpartition(".")[2], "model": "kpi_values"}
    return {"nodes": {"model.duet.kpi_values": model, **tests}, "unit_tests": {UNIT: unit}}


def results(failing: str | None) -> list[dict[str, Any]]:
    tests = [
        {"unique_id": name, "status": "fail" if name == failing else "pass", "failures": 1 if name == failing else 0}
        for name in (UNIQUE, IDENTITY, UNIT)
    ]
    tests[1]["compiled_code"] = NEGATIVE
    return [{"unique_id": "model.duet.kpi_values", "status": "success"}, *tests]


def candidate_with_audit(
    settings: Settings,
    findings: tuple[Finding, ...] = (GOOD,),
    rules: Rules | None = None,
    unusual: tuple[str, ...] = (),
) -> None:
    """Candidate, findings, verdicts and audit record of the build at hand; the guards that are named say no."""
    build_candidate(settings, rules or Rules())
    keep_findings(settings, list(findings))
    keep_verdicts(
        settings,
        [one.model_copy(update={"passed": False, "observed": "odd"}) if one.id in unusual else one for one in USUAL],
    )
    audit(settings)


def publish(settings: Settings, values: list[tuple[str, int]], run: str) -> str:
    build(settings, values, run=run)
    candidate_with_audit(settings)
    return certify(settings, Rules()).version


def change_online(settings: Settings, *statements: str) -> None:
    """Change the version that is online and certify it again as it is then: what a test wants it to say."""
    version = online(settings)
    assert version is not None
    folder = settings.published / version.version
    with duckdb.connect() as conn:
        conn.execute(f"attach '{folder / SERVING}' as serving")
        conn.execute("use serving")
        for statement in statements:
            conn.execute(statement)
    seal_again(folder, version)


def seal_again(folder: Path, version: Version) -> None:
    version.files = {name: digest for name, digest in files_of(folder).items() if not name.startswith(MANIFEST)}
    durable.write_json(folder / MANIFEST, version.model_dump(mode="json"))
    seal(folder / MANIFEST)


def serve(settings: Settings, file: Path) -> None:
    """Put a version online by hand that serves a file of the test's own."""
    folder = settings.published / "v000001-00000000"
    folder.mkdir(parents=True)
    shutil.copyfile(file, folder / SERVING)
    day = settings.as_of_date("UTC")
    version = Version(
        version=folder.name,
        certified_at=datetime.combine(day, time(), UTC),
        built_at=datetime.combine(day, time(), UTC),
        as_of=day,
        engine=settings.engine,
        run="by hand",
        fingerprint="",
        content_hash="",
        duet_version="",
        code_hash="",
        storage_version="",
        rules={},
        inputs=[],
        tables={},
        checks={"passed": 0, "warned": 0},
        files={},
    )
    seal_again(folder, version)
    put_online(settings, folder.name)


def values_online(settings: Settings) -> list[tuple[str, float]]:
    with duckdb.connect(str(serving_file(settings)), read_only=True) as conn:
        return conn.execute("select cast(period as varchar), value from marts.kpi_values order by all").fetchall()
