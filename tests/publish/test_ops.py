"""The tables about the run itself: every file, every refused row, every check, every version."""

from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.ingest.load import ingest
from orchestration.publish.certify import certify
from orchestration.publish.files import keep_outcomes
from orchestration.publish.version import serving_file
from orchestration.rules import Rules
from orchestration.settings import Settings
from tests.publish.small_build import SUITES, build, candidate_with_audit, settings_at


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A version made of one file of 2,000 rows, one of them broken, and of one that nobody reads."""
    monkeypatch.setattr("orchestration.publish.checks.suites", lambda: SUITES)
    settings = settings_at(tmp_path)
    settings.landing.mkdir()
    rows = [f"2026-03-01,channel {number},1.00,USD" for number in range(1999)]
    (settings.landing / "spend.csv").write_text(
        "\n".join(["date,channel,spend,currency", *rows, "2026-03-01,last,1.O,USD"])
    )
    (settings.landing / "poem.csv").write_text("roses,violets\nred,blue\n")
    report = ingest(settings)
    build(settings, [("2026-06-01", 10)])
    keep_outcomes(settings, report.files)
    candidate_with_audit(settings)
    certify(settings, Rules())
    return settings


def ask(settings: Settings, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(serving_file(settings)), read_only=True) as conn:
        return conn.execute(query).fetchall()


def test_every_file_is_listed_with_the_fate_of_its_rows(settings: Settings) -> None:
    assert ask(
        settings,
        """
        select file, status, rows_in_file, rows_loaded, rows_rejected,
            rows_in_file = rows_loaded + rows_rejected + rows_total + rows_note + rows_blank
        from marts.ops_files order by file
        """,
    ) == [("poem.csv", "unrecognised", 0, 0, 0, True), ("spend.csv", "loaded", 2001, 1999, 1, True)]


def test_a_refused_row_is_listed_with_its_line_and_reason(settings: Settings) -> None:
    [(file, line, column, reason)] = ask(settings, 'select file, line, "column", reason from marts.ops_rejects')
    assert (file, line, column) == ("spend.csv", 2001, "spend")
    assert reason


def test_every_check_is_listed_with_what_it_saw(settings: Settings) -> None:
    found = ask(settings, 'select "check", layer, severity, passed, observed, run from marts.ops_checks order by 1')
    assert (
        "ingest.landing_files_are_accepted",
        "ingest",
        "block",
        True,
        "every recognised file is loaded",
        "run-1",
    ) in found
    assert ("dbt.assert_spend_is_never_negative", "identities", "block", True, "no row breaks it", "run-1") in found


def test_every_version_is_listed_this_one_included(settings: Settings) -> None:
    build(settings, [("2026-06-01", 11)], run="run-2")
    keep_outcomes(settings, ingest(settings).files)
    candidate_with_audit(settings)
    certify(settings, Rules())

    rows = ask(
        settings, "select left(version, 7), files, kpi_values_hash is not null from marts.ops_versions order by 1"
    )
    assert rows == [("v000001", 1, True), ("v000002", 1, True)]


def test_tables_and_columns_explain_themselves(settings: Settings) -> None:
    assert ask(settings, "select comment from duckdb_tables() where table_name = 'kpi_values'") == [
        ("One row per KPI's value.",)
    ]
    assert ask(
        settings,
        "select comment from duckdb_columns() where table_name = 'kpi_values' and column_name = 'value'",
    ) == [("The value.",)]
