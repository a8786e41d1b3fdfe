"""The same exports give the same marts on DuckDB and on Spark, value for value, also after files came again."""

import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from orchestration.demo.company import DEMO_AS_OF
from orchestration.demo.write import write_demo
from orchestration.settings import Settings
from tests.ingest.ingest_files import Landing
from tests.models.acquisition_rows import ACQUISITION
from tests.models.ad_rows import ADS
from tests.models.agreement_rows import AGREEMENT, CLAIMS, PROMISES
from tests.models.budget_rows import BUDGETS
from tests.models.handoff_rows import HANDOFF
from tests.models.lake_parts import write_lake
from tests.models.margin_rows import MARGINS
from tests.models.money_rows import HOUSE
from tests.models.people_rows import PEOPLE, together
from tests.models.pipeline_rows import DEALS
from tests.models.retention_rows import RETENTION
from tests.models.test_crm_models import ACTIVE, ASSOCIATED, LOGGED, PIPEDRIVE, TWICE
from tests.models.test_money_books import ROWS as BOOKS
from tests.models.test_money_shop import ROWS as SHOP
from tests.models.test_money_stripe import ROWS as STRIPE
from tests.models.test_web_touches import FILES as WEB

CRM = (LOGGED, TWICE, ASSOCIATED, PIPEDRIVE, ACTIVE, HANDOFF, DEALS, AGREEMENT, PROMISES, RETENTION, BUDGETS)
ROOMS = [ADS, CLAIMS, HOUSE, MARGINS, SHOP, BOOKS, STRIPE, PEOPLE, ACQUISITION, *CRM]

# After every file of the demo.
LATER = datetime(2026, 7, 20, tzinfo=UTC).timestamp()
DUET = str(Path(sys.executable).parent / "duet")
# A day that the newsletter corrected later: 20.00 instead of 205.00.
RESTATED = """date,channel,spend,currency,platform,campaign_id,campaign,impressions,clicks,purpose
2025-02-04,sponsorship,20.00,USD,newsletter,sp-001,Desk Setup Weekly,10695,82,brand
"""


def publish(engine: str, data: Path) -> Path:
    """Run the whole job on an engine and return the folder of the published Parquet files."""
    environment = os.environ | {
        "DUET_DATA_DIR": str(data),
        "DUET_ENGINE": engine,
        "DUET_AS_OF": DEMO_AS_OF.isoformat(),
        "DUET_HASH_KEY": "a key for tests only, the same for both engines",
        "SPARK_LOCAL_IP": "127.0.0.1",
    }
    finished = subprocess.run([DUET, "refresh"], env=environment, capture_output=True, text=True)
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return data / "published" / (data / "published/current").read_text().strip() / "parquet"


def differences(one: Path, other: Path) -> dict[str, int]:
    """Rows that stand on one side only, per mart; marts about the run itself are left out."""
    tables = sorted({path.name for path in [*one.glob("*.parquet"), *other.glob("*.parquet")]})
    with duckdb.connect() as conn:
        return {
            table: conn.execute(
                f"select count(*) from ((from '{one / table}' except all from '{other / table}') union all "
                f"(from '{other / table}' except all from '{one / table}'))"
            ).fetchall()[0][0]
            for table in tables
            if not table.startswith("ops_") and table != "kpi_restatements.parquet"
        }


def build_tables(engine: str, data: Path) -> None:
    """Seeds and models alone: rows of many houses under one roof need not agree with each other."""
    environment = os.environ | {
        "DUET_DATA_DIR": str(data), "DUET_ENGINE": engine, "DUET_AS_OF": "2026-06-30", "SPARK_LOCAL_IP": "127.0.0.1",
    }  # fmt: skip
    command = [sys.executable, "-m", "orchestration.engine.dbt", "--quiet", "build"]
    types = ["--resource-type", "seed", "--resource-type", "model"]
    finished = subprocess.run([*command, *types], env=environment, capture_output=True, text=True)
    assert finished.returncode == 0, finished.stdout[-4000:] + finished.stderr[-4000:]


def tables_that_differ(settings: Settings) -> tuple[int, dict[str, int]]:
    """How many tables hold rows, and how many rows of each stand on one side only."""
    differing: dict[str, int] = {}
    filled = 0
    with duckdb.connect(str(settings.warehouse), read_only=True) as conn:
        tables = conn.execute(
            "select schema_name || '.' || table_name, table_name, estimated_size from duckdb_tables() "
            "where schema_name in ('intermediate', 'marts') "
            # What DuckDB adds up when it is published is stored on Spark.
            "union all select schema_name || '.' || view_name, view_name, 0 from duckdb_views() "
            "where schema_name = 'marts'"
        ).fetchall()
        for ours, name, rows in tables:
            theirs = f"read_parquet('{settings.state / 'spark' / name / '*.parquet'}')"
            # Statistics are doubles until they are published; their last bits are the engine's own.
            columns = ", ".join(
                f'round("{column}", 9)' if kind == "DOUBLE" else f'"{column}"'
                for column, kind, *_ in conn.execute(f"describe {ours}").fetchall()
            )
            sides = [f"select {columns} from {side}" for side in (ours, theirs)]
            sql = f"({sides[0]} except all {sides[1]}) union all ({sides[1]} except all {sides[0]})"
            [(count,)] = conn.execute(f"select count(*) from ({sql})").fetchall()
            filled += rows > 0
            differing |= {name: count} if count else {}
    return filled, differing


@pytest.mark.slow
def test_rows_of_every_source_give_the_same_tables_on_both_engines(tmp_path: Path) -> None:
    landing = Landing(tmp_path)
    for name, content in WEB.items():
        landing.drop(f"{name}.csv", content)
    assert {file.status for file in landing.ingest().files} == {"loaded"}
    write_lake(landing.settings.lake, together(ROOMS))

    for engine in ("duckdb", "spark"):
        build_tables(engine, landing.settings.data_dir)

    filled, differing = tables_that_differ(landing.settings)
    assert differing == {}
    assert filled > 180  # of 250: rows of nearly every source came as far as the marts


@pytest.mark.slow
def test_every_mart_is_the_same_on_both_engines(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "duckdb", tmp_path / "spark"
    for data in (ours, theirs):
        write_demo(data / "landing")
    # One house hears of the news a run later; Spark, which builds everything anew each time, at once.
    publish("duckdb", ours)
    for data in (ours, theirs):
        for delivered in sorted((data / "landing").rglob("*.csv"))[:3]:
            shutil.copy(delivered, delivered.with_name(f"copy of {delivered.name}"))
        (data / "landing/restated.csv").write_text(RESTATED)
        os.utime(data / "landing/restated.csv", (LATER, LATER))

    refreshed, whole = publish("duckdb", ours), publish("spark", theirs)

    differing = differences(refreshed, whole)
    assert len(differing) >= 10
    assert set(differing.values()) == {0}, differing
    assert spend_of(whole, "2025-02-04") == Decimal("20.00")


def spend_of(folder: Path, day: str) -> Decimal:
    """What the newsletter cost on a day, as published."""
    with duckdb.connect() as conn:
        sql = f"select sum(spend) from '{folder / 'fct_spend.parquet'}' where campaign_id = 'sp-001' and spend_date = ?"
        [(spend,)] = conn.execute(sql, [day]).fetchall()
    return Decimal(spend)
