"""Spend, customers, revenue and margin of a house with every source, against figures worked out by hand."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.settings import Settings
from tests.models.dbt_runs import build, key_number
from tests.models.lake_parts import write_lake
from tests.models.money_rows import HOUSE
from tests.semantic.cells import compare
from tests.semantic.manifest import read_semantic_manifest

JANUARY, FEBRUARY, MARCH = (dt.date(2026, month, 1) for month in (1, 2, 3))
# Media that no platform reports, so that no day knows it.
SPONSORED = {"month": "2026-02-01", "pool": "media", "channel": "Sponsorship", "amount": "25", "currency": "USD"}
# The newest row of Google says what its conversions are worth.
*ROWS, NEWEST = HOUSE["google_ads/campaign_days"]
MORE = {
    "template/costs": [*HOUSE["template/costs"], SPONSORED],
    "google_ads/campaign_days": [*ROWS, NEWEST | {"conversions_value": "120"}],
}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("house")
    settings = Settings(data_dir=data, as_of="2026-03-31", engine="duckdb")
    write_lake(settings.lake, HOUSE | MORE)
    return build(settings)


def query(warehouse: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(warehouse), read_only=True) as conn:
        return [tuple(map(plain, row)) for row in conn.execute(sql).fetchall()]


def plain(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value


def kpi(warehouse: Path, name: str, grain: str = "month", dimension: str = "", variant: str = "") -> dict[Any, Any]:
    """Values of a KPI by period, or by period and member where there is a dimension."""
    rows = query(
        warehouse,
        f"select period, member, value from marts.kpi_values where kpi = '{name}' and grain = '{grain}' "
        f"and dimension = '{dimension}' and variant = '{variant}'",
    )
    return {(period, member) if dimension else period: value for period, member, value in rows}


def test_a_restated_day_counts_once_and_in_the_reporting_currency(house: Path) -> None:
    # Google 61 + 40 and not 60 + 39 as well; Meta 50 EUR on a Saturday at Friday's 1.2.
    assert kpi(house, "spend") == {JANUARY: 161, FEBRUARY: 30 + 25, MARCH: 0}
    assert kpi(house, "spend", "all", "channel") == {
        (None, "paid_search"): 101,
        (None, "paid_social"): 60,
        (None, "podcast"): 30,
        (None, "sponsorship"): 25,
    }


def test_ratios_of_media_use_rows_that_know_both_sides(house: Path) -> None:
    # The podcast knows no clicks: 161 spent for 60 clicks of 1400 impressions.
    assert kpi(house, "cpc", "all") == {None: 2.68333333}
    assert kpi(house, "ctr", "all") == {None: 0.04285714}
    # In February rows do not say; in March there is none.
    assert kpi(house, "clicks") == {JANUARY: 60, FEBRUARY: None, MARCH: 0}


def test_each_customer_is_won_once_and_by_one_channel(house: Path) -> None:
    # Bob's order is void, Eve's deal an expansion; Ann's source is her person record, the others name it themselves.
    rows = query(house, "select became_customer_date, customer_id, acquisition_channel from marts.dim_customers")
    assert sorted(rows) == [
        (dt.date(2026, 1, 15), str(key_number("p1")), "paid_social"),
        (dt.date(2026, 1, 31), "cora", "podcast"),
        (dt.date(2026, 2, 15), "dora", "event"),
    ]


def test_cac_is_null_when_nobody_was_won_and_keeps_the_spend(house: Path) -> None:
    assert kpi(house, "cac_blended_media") == {JANUARY: 80.5, FEBRUARY: 55, MARCH: None}
    # February's only customer came by an event, which had no media.
    assert kpi(house, "cac_paid", variant="last_touch") == {JANUARY: 80.5, FEBRUARY: None, MARCH: None}
    channels = kpi(house, "cac_channel", dimension="channel", variant="last_touch")
    assert channels[JANUARY, "paid_search"] is None
    assert channels[JANUARY, "paid_social"] == 60
    assert channels[JANUARY, "podcast"] == 0
    assert channels[FEBRUARY, "event"] == 0


def test_fully_loaded_cac_takes_the_acquisition_share_of_every_pool(house: Path) -> None:
    # 161 media + 80 EUR * 1.25 * 0.8 tools + 20 commissions; rent is no cost of winning customers. Two customers.
    assert kpi(house, "cac_fully_loaded")[JANUARY] == 130.5
    assert kpi(house, "cac_fully_loaded", "week") == {}


def test_a_refund_counts_on_its_orders_day_or_on_its_own(house: Path) -> None:
    # Order basis: #1001 keeps half of 100, T1 nothing. Transaction basis: 100 + 125 in January, -50 - 125 in February.
    assert kpi(house, "net_revenue", variant="order_basis") == {JANUARY: 50, FEBRUARY: 200, MARCH: -5}
    assert kpi(house, "net_revenue", variant="transaction_basis") == {JANUARY: 225, FEBRUARY: 25, MARCH: -5}
    assert kpi(house, "net_revenue", "all", variant="order_basis") == {None: 245}
    assert kpi(house, "net_revenue", "all", variant="transaction_basis") == {None: 245}


def test_margins_step_down_from_revenue(house: Path) -> None:
    # #1001: 50 - 63 goods = -13, - 7.40 - 3.809 = -24.209. T1: 0 - 40 EUR * 1.25 = -50.
    assert kpi(house, "cm1", variant="order_basis")[JANUARY] == -63
    assert kpi(house, "cm2", variant="order_basis")[JANUARY] == -74.209
    # Less 161 media and 20 commissions.
    assert kpi(house, "cm3", variant="order_basis")[JANUARY] == -255.209
    assert kpi(house, "cm3", dimension="channel", variant="order_basis")[JANUARY, "(shared)"] == -20


def test_an_order_without_cost_is_counted_and_has_no_margin(house: Path) -> None:
    rows = query(
        house,
        "select orders, orders_missing_cost, cost_coverage, cm2 from marts.kpi_contribution_margin "
        "where grain = 'month' and period = '2026-02-01' and dimension = '' and basis = 'order_basis'",
    )
    assert rows == [(1, 1, 0, None)]


def test_a_refund_of_an_unknown_order_has_a_bucket_of_its_own(house: Path) -> None:
    rows = query(house, "select net_refund from intermediate.int_order_refunds where order_id = '(unknown order)'")
    assert rows == [(5,)]


def test_a_day_belongs_to_one_period_of_each_grain(house: Path) -> None:
    rows = query(
        house,
        "select grain, period, is_complete from intermediate.int_periods where period_day = '2026-03-31' order by 1",
    )
    assert rows == [
        ("all", None, True),
        ("day", dt.date(2026, 3, 31), True),
        ("fiscal_quarter", JANUARY, True),
        ("fiscal_year", JANUARY, False),
        ("month", MARCH, True),
        ("quarter", JANUARY, True),
        ("week", dt.date(2026, 3, 30), False),
        ("year", JANUARY, False),
    ]


def test_every_week_and_month_is_what_its_metric_says(house: Path) -> None:
    found = compare(house, read_semantic_manifest(), grains=("week", "month"))
    assert found.wrong == []
    assert [name for name, cells in found.compared.items() if not cells] == []
