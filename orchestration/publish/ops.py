"""Tables about the run itself, beside the marts: files, rejected rows, checks, versions."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import duckdb

from orchestration.engine.connection import connect
from orchestration.ingest.keeping.outcome import FATES
from orchestration.publish.candidate import SERVING, open_serving, write_parquet
from orchestration.publish.checks import Check
from orchestration.publish.files import LandedFile, landed_files
from orchestration.publish.restated.history import known_versions
from orchestration.publish.version import Version, versions
from orchestration.settings import Settings

TABLES = {
    "ops_files": "file varchar, file_id varchar, source varchar, stream varchar, format varchar, status varchar, "
    "rows_in_file bigint, " + ", ".join(f'"rows_{fate}" bigint' for fate in FATES) + ", window_start date, "
    "window_end date, exported_at varchar, landed_at varchar, problems varchar",
    "ops_rejects": "file varchar, file_id varchar, source varchar, stream varchar, line bigint, "
    '"column" varchar, reason varchar, text varchar',
    "ops_checks": '"check" varchar, fact varchar, layer varchar, severity varchar, owner varchar, remedy varchar, '
    "identity varchar, passed boolean, observed varchar, run varchar",
    "ops_versions": "version varchar, certified_at timestamp, as_of date, engine varchar, duet_version varchar, "
    "checks_passed bigint, checks_warned bigint, files bigint, content_hash varchar, kpi_values_hash varchar",
    "ops_approvals": "version varchar, run varchar, content_hash varchar, approved_at timestamp, approved_by varchar, "
    'reason varchar, "check" varchar, fact varchar, observed varchar',
}
MEANING = {
    "ops_files": "One row per file: what it is and the fate of its rows.",
    "ops_rejects": "One row per refused row of a loaded file; its text only where it cannot name a person.",
    "ops_checks": "One row per check of this version.",
    "ops_versions": "One row per certified version, this one included.",
    "ops_approvals": "One row per check that held a certified version until somebody approved it.",
}


def write_ops(settings: Settings, folder: Path, version: Version, checks: Sequence[Check]) -> None:
    """Write these tables into the serving file and as Parquet."""
    files = landed_files(settings)
    rows = {
        "ops_files": [_file_row(file) for file in files],
        "ops_checks": [_check_row(check, version.run) for check in checks],
        "ops_versions": [_version_row(one) for one in [version, *versions(settings)]],
        "ops_approvals": [row for one in [version, *known_versions(settings)] for row in _approval_rows(one)],
    }
    with connect() as conn:
        open_serving(conn, folder / SERVING)
        for table, columns in TABLES.items():
            conn.execute(f"create or replace table serving.marts.{table} ({columns})")
            conn.execute(f"comment on table serving.marts.{table} is '{MEANING[table]}'")
            _insert(conn, table, rows.get(table, []))
        _insert_rejects(conn, settings, [file for file in files if file.status == "loaded"])
        for table in TABLES:
            write_parquet(conn, table, folder)
        conn.execute("detach serving")


def _insert(conn: duckdb.DuckDBPyConnection, table: str, rows: Sequence[tuple[Any, ...]]) -> None:
    if rows:
        marks = ", ".join("?" for _ in rows[0])
        conn.executemany(f"insert into serving.marts.{table} values ({marks})", rows)


def _insert_rejects(conn: duckdb.DuckDBPyConnection, settings: Settings, files: Iterable[LandedFile]) -> None:
    for file in files:
        refused = settings.quarantine / f"{file.file_id}.parquet"
        if refused.exists():
            conn.execute(
                'insert into serving.marts.ops_rejects select ?, ?, ?, ?, line, "column", reason, text '
                "from read_parquet(?)",
                [file.file, file.file_id, file.source, file.stream, str(refused)],
            )


def _file_row(file: LandedFile) -> tuple[Any, ...]:
    return (
        file.file,
        file.file_id,
        file.source,
        file.stream,
        file.format,
        file.status,
        file.rows_in_file,
        *(file.rows.get(fate, 0) for fate in FATES),
        file.window_start,
        file.window_end,
        file.exported_at,
        file.landed_at,
        json.dumps(file.problems) if file.problems else None,
    )


def _check_row(check: Check, run: str) -> tuple[Any, ...]:
    told = (check.fact, check.layer, check.severity, check.owner, check.remedy, check.identity)
    return (check.id, *told, bool(check.passed), check.observed, run)


def _version_row(version: Version) -> tuple[Any, ...]:
    kpi_values = version.tables.get("kpi_values")
    return (
        version.version,
        version.certified_at.replace(tzinfo=None),
        version.as_of,
        version.engine,
        version.duet_version,
        version.checks["passed"],
        version.checks["warned"],
        len(version.inputs),
        version.content_hash,
        kpi_values.content_hash if kpi_values else None,
    )


def _approval_rows(version: Version) -> list[tuple[Any, ...]]:
    given = version.approval
    if given is None:
        return []
    about = (version.version, given.run, given.content_hash, given.approved_at.replace(tzinfo=None))
    return [(*about, given.approved_by, given.reason, one.id, one.fact, one.observed) for one in given.checks]
