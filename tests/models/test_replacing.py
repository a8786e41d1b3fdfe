"""How a table of the working database is replaced."""

import shutil
from pathlib import Path

import duckdb

from orchestration.settings import Settings
from tests.models.dbt_runs import dbt
from tests.models.lake_parts import write_lake

ONLY = ("--quiet", "--indirect-selection", "empty", "--select")
TABLE = "select table_type from information_schema.tables where table_name = 'int_template__orders'"


def test_a_table_goes_when_the_new_one_is_there(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, as_of="2026-03-31", engine="duckdb")
    write_lake(settings.lake, {})
    settings.state.mkdir(parents=True)
    with duckdb.connect(str(settings.warehouse)) as conn:
        conn.execute("create schema intermediate; create view intermediate.int_template__orders as select 1 as x")
    assert dbt(["build", *ONLY, "stg_template__orders", "int_template__orders"], settings).success
    with duckdb.connect(str(settings.warehouse)) as conn:
        assert conn.execute(TABLE).fetchall() == [("BASE TABLE",)]
    # Without its lake the model breaks after the old table was dropped: the transaction takes that back.
    shutil.rmtree(settings.lake / "template" / "orders")
    assert not dbt(["build", *ONLY, "int_template__orders"], settings).success
    with duckdb.connect(str(settings.warehouse)) as conn:
        assert conn.execute(TABLE).fetchall() == [("BASE TABLE",)]
