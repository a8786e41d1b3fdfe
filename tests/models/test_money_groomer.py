"""The dog groomer: ad spend, orders and costs are all there is, and it is enough."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.rules import Rules
from orchestration.settings import Settings
from tests.models.dbt_runs import build_up_to
from tests.models.lake_parts import write_lake

# May: 40 of flyers win two dogs at 60 each, 5 of shampoo and 5 of travel a job; the van costs 120.
ROWS: dict[str, list[dict[str, Any]]] = {
    "template/ad_spend": [{"date": "2026-05-04", "channel": "Flyers", "spend": "40", "currency": "USD"}],
    "template/costs": [
        {"month": "2026-05-01", "pool": "other", "amount": "120", "currency": "USD", "is_fixed": True},
    ],
    "template/orders": [
        {
            "order_id": str(day), "customer_key": dog, "ordered_at": f"2026-05-{day} 10:00:00", "gross": "60",
            "currency": "USD", "cogs": "5", "fulfilment": "5", "channel": "Flyers", "hours": "1.25",
        }
        for day, dog in ((10, "rex"), (12, "bella"), (20, "rex"))
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def groomer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("groomer")
    settings = Settings(data_dir=data, as_of="2026-05-31", engine="duckdb")
    write_lake(settings.lake, ROWS)
    rules = Rules(fiscal_year_start_month=4, week_start="sunday")
    return build_up_to(settings, "kpi_cac", "kpi_contribution_margin", "kpi_owner_pack", "dim_date", rules=rules)


def query(warehouse: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(warehouse), read_only=True) as conn:
        return conn.execute(sql).fetchall()


def test_cac_needs_only_spend_and_orders(groomer: Path) -> None:
    rows = query(
        groomer, "select cac_blended_media, new_customers from marts.kpi_cac where grain = 'all' and member = ''"
    )
    assert rows == [(20, 2)]


def test_margin_needs_only_orders(groomer: Path) -> None:
    rows = query(
        groomer,
        "select net_revenue, cm1, cm2, cm3 from marts.kpi_contribution_margin "
        "where grain = 'month' and member = 'flyers' and basis = 'order_basis'",
    )
    assert rows == [(180, 165, 150, 110)]


def test_break_even_is_jobs_and_a_day(groomer: Path) -> None:
    # 160 to cover at 50 a job: 3.2, so 4 jobs; revenue 160 / (150 / 180) = 192; three jobs were not enough.
    rows = query(
        groomer,
        "select cost_to_cover, break_even_units, break_even_revenue, break_even_date, break_even_cac "
        "from marts.kpi_break_even where grain = 'month' and dimension = ''",
    )
    assert rows == [(160, 4, 192, None, 50)]


def test_the_calendar_follows_the_fiscal_year_and_the_week(groomer: Path) -> None:
    rows = query(
        groomer,
        "select week, fiscal_year, fiscal_year_number, fiscal_quarter_number, iso_year, iso_week from marts.dim_date "
        "where date_day in ('2026-05-10', '2027-01-01') order by date_day",
    )
    fiscal_year = dt.date(2026, 4, 1)
    assert rows == [
        (dt.date(2026, 5, 10), fiscal_year, 2027, 1, 2026, 19),
        (dt.date(2026, 12, 27), fiscal_year, 2027, 4, 2026, 53),
    ]


def test_the_owner_reads_seven_numbers(groomer: Path) -> None:
    # 3 jobs, 180 of revenue, 150 left of it, 40 an hour, 110 after the flyers; 4 jobs pay the month. Rex came twice.
    rows = query(
        groomer, "select position, measure, member, value, unit from marts.kpi_owner_pack order by position, measure"
    )
    assert rows == [
        (1, "jobs", "", 3, "count"),
        (2, "net_revenue", "", 180, "USD"),
        (3, "cm2", "", 150, "USD"),
        (3, "cm2_per_hour", "", 40, "USD"),
        (4, "cm3", "", 110, "USD"),
        (5, "break_even_jobs_left", "", 1, "count"),
        (6, "cac", "", 20, "USD"),
        (6, "new_customers", "", 2, "count"),
        (6, "new_customers_from", "flyers", 2, "count"),
        (7, "repeat_share", "", Decimal("0.33333333"), "ratio"),
    ]
