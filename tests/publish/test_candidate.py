"""The candidate is the marts of the tested build, as their contract promises them, in a format that is old enough."""

import struct
from pathlib import Path

import duckdb
import pytest

from orchestration.publish.build import NoBuild, keep_build, warehouse_state
from orchestration.publish.candidate import SERVING, build_candidate, candidate_folder, open_serving, read_candidate
from orchestration.publish.content import combined_hash
from orchestration.rules import Rules
from orchestration.settings import Settings
from tests.publish import small_build
from tests.publish.small_build import build, settings_at

UNSORTED = [("2026-06-01", 20), ("2026-05-01", 10), ("2026-04-01", 30)]
SERVED = "serving.marts.kpi_values"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_at(tmp_path / "it's a house")


@pytest.fixture
def conn(settings: Settings) -> duckdb.DuckDBPyConnection:
    build(settings, UNSORTED)
    build_candidate(settings, Rules())
    conn = duckdb.connect()
    open_serving(conn, candidate_folder(settings) / SERVING, read_only=True)
    return conn


def test_without_a_candidate_there_is_none(settings: Settings) -> None:
    with pytest.raises(NoBuild, match=r"candidate\.json: no candidate; run `duet refresh`$"):
        read_candidate(settings)


def test_tables_that_changed_after_their_tests_are_not_published(settings: Settings) -> None:
    build(settings, UNSORTED)
    with duckdb.connect(str(settings.warehouse)) as conn:
        conn.execute("create table marts.more as select range as n from range(100000)")
    with pytest.raises(NoBuild, match=r"^the working tables changed after they were tested; run `duet refresh`$"):
        build_candidate(settings, Rules())
    assert not candidate_folder(settings).exists()


def test_a_candidate_holds_nothing_of_the_one_before(settings: Settings) -> None:
    build(settings, UNSORTED)
    first = build_candidate(settings, Rules())
    (candidate_folder(settings) / "parquet/fct_of_before.parquet").touch()
    assert build_candidate(settings, Rules()).tables == first.tables
    assert [path.name for path in (candidate_folder(settings) / "parquet").iterdir()] == ["kpi_values.parquet"]
    assert first.content_hash == combined_hash(first.tables)
    assert candidate_folder(settings).name.startswith(".")  # no reader takes it for a version


def test_only_the_marts_of_the_contract_are_copied_with_its_types(
    settings: Settings, conn: duckdb.DuckDBPyConnection
) -> None:
    assert [row[2] for row in conn.execute("show all tables").fetchall()] == ["kpi_values"]
    types = {name: kind.lower() for name, kind, *_ in conn.execute(f"describe {SERVED}").fetchall()}
    assert types == {name: kind.replace("string", "varchar") for name, kind in small_build.COLUMNS.items()}


def test_tables_and_columns_say_what_they_are(conn: duckdb.DuckDBPyConnection) -> None:
    tables = conn.execute("select comment from duckdb_tables() where database_name = 'serving'").fetchall()
    columns = conn.execute(
        "select column_name, comment from duckdb_columns() where database_name = 'serving'"
    ).fetchall()
    assert tables == [("One row per KPI's value.",)]
    assert dict(columns) == {name: f"The {name}." for name in small_build.COLUMNS}


def test_rows_lie_in_one_order_in_both_files(settings: Settings, conn: duckdb.DuckDBPyConnection) -> None:
    parquet = str(candidate_folder(settings) / "parquet/kpi_values.parquet")
    for relation, given in ((f"{SERVED}", []), ("read_parquet(?)", [parquet])):
        months = conn.execute(f"select cast(period as varchar) from {relation}", given).fetchall()
        assert months == [("2026-04-01",), ("2026-05-01",), ("2026-06-01",)]
    packed = conn.execute("select distinct compression from parquet_metadata(?)", [parquet]).fetchall()
    assert packed == [("ZSTD",)]


def test_readers_of_an_older_duckdb_open_it_and_nobody_writes(
    settings: Settings, conn: duckdb.DuckDBPyConnection
) -> None:
    # 64 is the number in the header of every file that DuckDB 1.0 opens; 2.0 writes another by default.
    header = (candidate_folder(settings) / SERVING).read_bytes()[:20]
    assert struct.unpack_from("<Q", header, 12) == (64,)
    with pytest.raises(duckdb.InvalidInputException, match="read-only"):
        conn.execute("create table serving.marts.more (n int)")


def test_spark_gives_the_candidate_that_duckdb_gives(settings: Settings) -> None:
    # Spark leaves Parquet files of its own types beside dbt's artefacts, and no warehouse.
    build(settings, UNSORTED)
    ours = build_candidate(settings, Rules())
    spark = settings.model_copy(update={"engine": "spark"})
    parts = spark.state / "spark/kpi_values"
    parts.mkdir(parents=True)
    with duckdb.connect(str(settings.warehouse)) as conn:
        for name, half in (("1", "value < 15"), ("2", "value >= 15")):
            place = str(parts / f"part-{name}.parquet").replace("'", "''")
            conn.execute(
                f"copy (select * replace (cast(n as integer) as n) from marts.kpi_values where {half}) "
                f"to '{place}' (format parquet)"
            )
    settings.warehouse.unlink()
    keep_build(spark, "run-2", settings.state / "dbt/run-1")
    theirs = build_candidate(spark, Rules())
    assert (theirs.engine, theirs.run, theirs.tables) == ("spark", "run-2", ours.tables)
    newest = max(path.stat().st_mtime_ns for path in parts.iterdir())
    assert warehouse_state(spark) == f"2/{newest}"
    (parts / "part-1.parquet").unlink()
    with pytest.raises(NoBuild, match="changed after they were tested"):
        build_candidate(spark, Rules())
