"""The tables about the run itself: every file, every refused row, every check, every version."""

import datetime as dt
import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.engine.connection import connect
from orchestration.ingest.keeping.manifest import read_manifests
from orchestration.ingest.load import ingest
from orchestration.publish.approval import Approval, ApprovedCheck
from orchestration.publish.candidate import SERVING, open_serving
from orchestration.publish.certify import certify
from orchestration.publish.files import keep_outcomes, seen_in_landing
from orchestration.publish.ops import MEANING, TABLES, write_ops
from orchestration.publish.version import serving_file, versions
from orchestration.rules import Rules
from orchestration.settings import Settings
from tests.models.lake_parts import copy_empty_lake
from tests.publish.small_build import SUITES, build, candidate_with_audit, settings_at


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A version made of one file of 2,000 rows, one of them broken, and of one that nobody reads."""
    monkeypatch.setattr("orchestration.publish.checks.suites", lambda: SUITES)
    settings = settings_at(tmp_path)
    copy_empty_lake(settings.lake)
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


def test_every_file_is_listed_with_what_is_known_of_it_and_the_fate_of_its_rows(settings: Settings) -> None:
    [spend] = read_manifests(settings)
    days, made = [dt.date(2026, 3, 1)] * 2, [spend.exported_at, spend.landed_at]
    poem, listed = ask(settings, "from marts.ops_files order by file")
    # 2,001 rows: the header is a note, 1,999 are loaded and one is refused.
    assert listed[:-1] == (
        "spend.csv", spend.file_id, "template", "ad_spend", spend.format, "loaded", 2001, 1999, 1, 0, 1, 0, *days, *made
    )  # fmt: skip
    [problem] = json.loads(listed[-1])
    assert "1.O" in problem
    [about] = [file for file in seen_in_landing(settings) if file.file == "poem.csv"]
    told = json.dumps(about.problems) if about.problems else None
    assert poem == ("poem.csv", about.file_id, *[None] * 3, "unrecognised", *[0] * 6, *[None] * 4, told)


def test_a_refused_row_is_listed_with_its_file_line_and_reason(settings: Settings) -> None:
    [spend] = read_manifests(settings)
    [row] = ask(settings, "from marts.ops_rejects")
    assert row[:6] == ("spend.csv", spend.file_id, "template", "ad_spend", 2001, "spend")
    assert row[6].startswith("expected ")


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
    (settings.landing / "fine.csv").write_text("date,channel,spend,currency\n2026-03-01,flyers,1.00,USD\n")
    build(settings, [("2026-06-01", 11)], run="run-2")
    keep_outcomes(settings, ingest(settings).files)
    candidate_with_audit(settings)
    certify(settings, Rules())

    newest, first = versions(settings)
    assert ask(settings, "from marts.ops_versions order by 1") == [
        (
            one.version, one.certified_at.replace(tzinfo=None), dt.date(2026, 6, 30), "duckdb", version("duet"),
            one.checks["passed"], one.checks["warned"], files, one.content_hash, one.tables["kpi_values"].content_hash,
        )
        for one, files in ((first, 1), (newest, 2))
    ]  # fmt: skip
    assert first.checks["passed"] > 0
    assert ask(settings, "select problems from marts.ops_files where file = 'fine.csv'") == [(None,)]


def test_a_version_without_kpi_values_has_no_hash_of_them(settings: Settings, tmp_path: Path) -> None:
    [one] = versions(settings)
    (tmp_path / "beside/parquet").mkdir(parents=True)
    with connect() as conn:
        open_serving(conn, tmp_path / "beside" / SERVING)
        conn.execute("create schema serving.marts")
    write_ops(settings, tmp_path / "beside", one.model_copy(update={"tables": {}, "version": "v000009"}), [])
    with connect(tmp_path / "beside" / SERVING, read_only=True) as conn:
        rows = conn.execute("select version, kpi_values_hash is null from marts.ops_versions order by 1").fetchall()
    assert rows == [(one.version, False), ("v000009", True)]


def test_an_approval_is_a_row_for_each_check_that_held(settings: Settings, tmp_path: Path) -> None:
    [one] = versions(settings)
    at = dt.datetime(2026, 7, 1, 6, 30, tzinfo=dt.UTC)
    held = [ApprovedCheck(id=name, fact=f"{name} holds", observed="odd") for name in ("gate.a", "gate.b")]
    word = Approval(
        run="run-9", content_hash="c9", approved_at=at, approved_by="Ada", reason="trade fair", checks=held
    )  # fmt: skip
    (tmp_path / "beside/parquet").mkdir(parents=True)
    with connect() as conn:
        open_serving(conn, tmp_path / "beside" / SERVING)
        conn.execute("create schema serving.marts")
    write_ops(settings, tmp_path / "beside", one.model_copy(update={"version": "v000009", "approval": word}), [])
    with connect(tmp_path / "beside" / SERVING, read_only=True) as conn:
        rows = conn.execute("from marts.ops_approvals order by 7").fetchall()
    assert rows == [
        ("v000009", "run-9", "c9", at.replace(tzinfo=None), "Ada", "trade fair", name, f"{name} holds", "odd")
        for name in ("gate.a", "gate.b")
    ]


def test_each_table_is_there_as_parquet_too(settings: Settings) -> None:
    [one] = versions(settings)
    parquet = settings.published / one.version / "parquet"
    with connect() as conn:
        for table in TABLES:
            rows = conn.execute("select count(*) from read_parquet(?)", [str(parquet / f"{table}.parquet")]).fetchall()
            assert rows == ask(settings, f"select count(*) from marts.{table}")


def test_tables_and_columns_explain_themselves(settings: Settings) -> None:
    assert ask(settings, "select comment from duckdb_tables() where table_name = 'kpi_values'") == [
        ("One row per KPI's value.",)
    ]
    told = ask(settings, "select table_name, comment from duckdb_tables() where table_name like 'ops%'")
    assert dict(told) == MEANING
    assert ask(
        settings,
        "select comment from duckdb_columns() where table_name = 'kpi_values' and column_name = 'value'",
    ) == [("The value.",)]
