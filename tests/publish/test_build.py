"""What dbt left of a build: its marts, whether anybody wrote to its tables since, and nothing of the one before."""

import json
import stat
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.publish.build import Build, Mart, begin_build, keep_build, read_build, warehouse_state
from orchestration.publish.candidate import SERVING, build_candidate, candidate_folder, hash_again, read_candidate
from orchestration.publish.content import TableContent
from orchestration.rules import Rules
from orchestration.settings import Settings
from tests.publish.small_build import build, manifest, settings_at

JUNE = [("2026-05-01", 10), ("2026-06-01", 20)]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_at(tmp_path / "it's a house")


def node(name: str, schema: str = "marts", kind: str = "model") -> dict[str, Any]:
    columns = {"n": {"data_type": "bigint", "description": "How many."}}
    return {"name": name, "schema": schema, "resource_type": kind, "description": f"About {name}.", "columns": columns}


def test_marts_are_the_models_of_their_schema_by_name() -> None:
    nodes = {"1": node("b"), "2": node("a"), "3": node("stg_a", "staging"), "4": node("unique_a", kind="test")}
    found = Build(run="r", warehouse_state="", manifest={"nodes": nodes}, results={}).marts()
    assert found == [
        Mart(name=name, description=f"About {name}.", columns={"n": "bigint"}, comments={"n": "How many."})
        for name in ("a", "b")
    ]


def test_a_build_begins_without_anything_of_the_one_before(settings: Settings) -> None:
    build(settings, JUNE)
    assert {path.name for path in settings.state.iterdir()} >= {"build", "dbt"}
    begin_build(settings)
    assert not {path.name for path in settings.state.iterdir()} & {"build", "dbt"}
    begin_build(settings)  # and where there is none before


def test_the_working_tables_are_the_owners_alone(settings: Settings) -> None:
    build(settings, JUNE)
    assert stat.S_IMODE(settings.warehouse.stat().st_mode) == 0o600


def test_a_build_that_made_no_tables_is_kept_too(settings: Settings) -> None:
    build(settings, JUNE)
    spark = settings.model_copy(update={"engine": "spark"})
    settings.warehouse.unlink()
    keep_build(spark, "run-2", settings.state / "dbt/run-1")
    assert warehouse_state(spark) == "0/0"


def test_a_project_without_unit_tests_is_kept_in_a_house_that_is_new(settings: Settings, tmp_path: Path) -> None:
    build(settings, JUNE)
    target = settings.state / "dbt/run-1"
    known = manifest()
    del known["unit_tests"]
    (target / "manifest.json").write_text(json.dumps(known))
    new = settings_at(tmp_path / "new").model_copy(update={"engine": "spark"})
    keep_build(new, "run-1", target)
    assert read_build(new).manifest == known


def test_a_candidate_says_of_which_run_day_and_engine_it_is(settings: Settings) -> None:
    build(settings, JUNE)
    built = build_candidate(settings, Rules())
    assert (built.run, str(built.as_of), built.engine, built.built_at.tzinfo is not None) == (
        "run-1", "2026-06-30", "duckdb", True
    )  # fmt: skip
    assert read_candidate(settings) == built
    assert {path.name for path in candidate_folder(settings).iterdir()} == {
        "candidate.json", "kpi_serving.duckdb", "parquet"
    }  # fmt: skip


def test_a_table_whose_two_files_differ_or_cannot_be_read_has_no_hash(settings: Settings) -> None:
    build(settings, JUNE)
    built, folder = build_candidate(settings, Rules()), candidate_folder(settings)
    assert hash_again(folder, ["kpi_values"]) == built.tables
    file = folder / "parquet/kpi_values.parquet"
    with duckdb.connect() as conn:
        conn.execute("copy (select 1 as n) to $file (format parquet)", {"file": str(file)})
    assert hash_again(folder, ["kpi_values"]) == {"kpi_values": TableContent(rows=0, content_hash="two files differ")}
    file.unlink()
    [lost] = hash_again(folder, ["kpi_values"]).values()
    assert lost.rows == 0
    assert lost.content_hash.startswith("unreadable: IO Error")
    (folder / SERVING).unlink()
    assert hash_again(folder, ["kpi_values"])["kpi_values"].content_hash.startswith("unreadable: ")
    assert not (folder / SERVING).exists()  # who only looks makes no file
