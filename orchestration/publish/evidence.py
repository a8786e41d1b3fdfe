"""The first rows that break a fact, asked again from the working tables and traced to the file they came from."""

from typing import Any

import duckdb

from orchestration.engine.connection import connect
from orchestration.publish.build import Build
from orchestration.settings import Settings

SHOWN = 5
# Keyed hashes of addresses identify people to whoever holds the key; a message has no use for them.
PERSONAL = {"email_key", "extra"}


def observed(result: dict[str, Any], build: Build, settings: Settings, files: dict[str, str]) -> str:
    """What one dbt test saw, in one line."""
    status = result["status"]
    if status == "pass":
        return "no row breaks it"
    if status == "skipped":
        return "did not run, because a table that it reads was not built"
    if status == "error":
        return f"could not be computed: {first_line(result.get('message'))}"
    if result["unique_id"].startswith("unit_test."):
        return first_line(result.get("message")) or "the model gives another answer than the example"
    rows = _offenders(result, settings)
    count = result.get("failures") or len(rows)
    described = "; ".join(describe_row(row, files) for row in rows)
    return f"{count} {'row breaks' if count == 1 else 'rows break'} it" + (f": {described}" if described else "")


def describe_row(row: dict[str, Any], files: dict[str, str]) -> str:
    """Names and values of a row; where it tells its file, the file's name and row instead of its hash."""
    place = ""
    if row.get("file_id") in files:
        place = f"{files[str(row['file_id'])]}, row {row.get('file_row')}: "
    shown = {name: value for name, value in row.items() if name not in PERSONAL | {"file_id", "file_row"}}
    return place + ", ".join(f"{name}={str(value)[:60]}" for name, value in shown.items() if value is not None)


def first_line(message: object) -> str:
    """The first line of a message that says something."""
    lines = [line.strip() for line in str(message or "").splitlines() if line.strip()]
    return lines[0][:300] if lines else ""


def _offenders(result: dict[str, Any], settings: Settings) -> list[dict[str, Any]]:
    query = result.get("compiled_code")
    # Spark's tables need a session of half a minute; its rows can be looked up with the test's own query.
    if not query or settings.engine != "duckdb" or not settings.warehouse.exists():
        return []
    try:
        with connect(settings.warehouse, read_only=True) as conn:
            found = conn.execute(f"select * from ({query}) as offenders limit {SHOWN}")
            names = [column[0] for column in found.description or []]
            return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
    except duckdb.Error:
        # The count stands; the rows are a courtesy that must not hide the failure they illustrate.
        return []
