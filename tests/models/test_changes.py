"""A build that follows changes leaves what a whole build of the same lake leaves, whatever landed in which order."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from orchestration.ingest.contracts.sources import load_sources
from orchestration.rules import Rules
from orchestration.settings import Settings
from tests.models.dbt_runs import dbt, query
from tests.models.lake_parts import copy_empty_lake, write_part
from tests.models.money_rows import google_day
from tests.models.people_rows import together
from tests.models.test_both_engines import ROOMS
from tests.models.test_money_shop import exported

Rows = Mapping[str, Sequence[Mapping[str, Any]]]
MONEY = (
    "fct_order_lines",
    "fct_refunds",
    "fct_spend",
    "int_active_spells",
    "int_customer_attributes",
    "int_margin_days",
)
MODELS = ("build", "--quiet", "--resource-type", "seed", "--resource-type", "model")


def deliver(house: Settings, rows: Rows) -> None:
    """One part for each file that the rows of a stream name."""
    for stream, given_rows in rows.items():
        source, table = stream.split("/")
        schema = load_sources()[source].streams[table].lake_schema()
        for file_id in sorted({str(row["file_id"]) for row in given_rows}):
            write_part(house.lake / stream, schema, [row for row in given_rows if row["file_id"] == file_id], file_id)


def build(house: Settings, *tables: str, rules: Rules | None = None) -> None:
    """Seeds and models: all of them, or those that lead to some tables."""
    chosen = ["--select", *(f"+{table}" for table in tables)] if tables else []
    result = dbt([*MODELS, *chosen], house, rules)
    assert result.success, [(one.node.name, one.message) for one in result.result if one.status == "error"]


def build_whole(house: Settings, folder: Path, *tables: str) -> Settings:
    """The same lake in another house that never built before."""
    other = house.model_copy(update={"data_dir": folder})
    folder.mkdir()
    (folder / "lake").symlink_to(house.lake)
    build(other, *tables)
    return other


def tables_that_differ(one: Settings, other: Settings) -> list[str]:
    """Tables of models that do not hold the same rows."""
    with duckdb.connect() as conn:
        for name, house in (("one", one), ("other", other)):
            conn.execute(f"attach '{house.warehouse}' as {name} (read_only)")
        tables = conn.execute(
            "select schema_name || '.' || table_name from duckdb_tables() "
            "where database_name = 'other' and schema_name in ('intermediate', 'marts') order by 1"
        ).fetchall()
        return [table for (table,) in tables if conn.execute(
            f"(from one.{table} except all from other.{table}) union all "
            f"(from other.{table} except all from one.{table}) limit 1"
        ).fetchall()]  # fmt: skip


def changed(house: Settings) -> dict[str, str]:
    """What the last build noted of each table that was not built whole."""
    kinds = query(house.warehouse, "select model, kind from build.changes where kind <> 'whole'")
    return {str(model): str(kind) for model, kind in kinds}


def order(number: int, **more: Any) -> dict[str, Any]:
    return exported(f"#{number}", total="100", email_key=f"buyer {number % 3}", **more)


def ad_day(day: int, spend: str, file_id: str, exported_at: str) -> dict[str, Any]:
    lineage = {"file_id": file_id, "exported_at": exported_at, "currency": "USD"}
    return google_day(spend, "MOBILE", **lineage) | {"day": f"2026-01-{day:02}"}


@pytest.mark.slow
def test_a_day_replaces_the_orders_and_account_days_that_it_touches_and_no_others(tmp_path: Path) -> None:
    house = Settings(data_dir=tmp_path / "house", as_of=dt.date(2026, 3, 4), engine="duckdb")
    copy_empty_lake(house.lake)
    first, second = (
        {"file_id": "first", "exported_at": "2026-02-01"},
        {"file_id": "second", "exported_at": "2026-03-05"},
    )
    deliver(house, {
        "shopify/order_lines": [order(number, **first) for number in range(1, 7)],
        "google_ads/campaign_days": [ad_day(day, "10", "first", "2026-02-01") for day in range(1, 6)],
    })  # fmt: skip
    build(house, *MONEY)
    before = query(
        house.warehouse, "select * from marts.fct_order_lines where order_id not in ('shopify:#2', 'shopify:#7')"
    )

    # 2 is refunded, 7 is new; the 5th of January is restated, and a file that is late knows an older figure of the 4th.
    deliver(house, {
        "shopify/order_lines": [order(2, refunded_amount="30", **second), order(7, **second)],
        "google_ads/campaign_days": [ad_day(5, "12", "second", "2026-03-05"), ad_day(4, "9", "late", "2026-01-31")],
    })  # fmt: skip
    later = house.model_copy(update={"as_of": dt.date(2026, 3, 5)})
    build(later, *MONEY)

    kinds = changed(house)
    followed = ("int_shopify__priced_items", "fct_orders", "fct_order_lines", "fct_spend")
    assert {kinds[table] for table in followed} == {"rows"}
    for table, key, orders in (
        ("fct_orders", "order_id", [("shopify:#2",), ("shopify:#7",)]),
        ("fct_order_lines", "order_id", [("shopify:#2",), ("shopify:#7",)]),
        # What is in an order does not change with its refund.
        ("int_shopify__priced_items", "order_key", [("#7",)]),
    ):
        assert query(house.warehouse, f"select distinct {key} from build.changed_{table} order by 1") == orders
    assert query(house.warehouse, "select distinct spend_date from build.changed_fct_spend") == [(dt.date(2026, 1, 5),)]
    after = query(
        house.warehouse, "select * from marts.fct_order_lines where order_id not in ('shopify:#2', 'shopify:#7')"
    )
    assert after == before
    whole = build_whole(later, tmp_path / "whole", *MONEY)
    assert query(whole.warehouse, "select sum(spend), count(*) from marts.fct_spend") == [(52, 5)]
    assert tables_that_differ(house, whole) == []

    # Nothing is new: nothing is built.
    build(later, *MONEY)
    assert set(changed(house).values()) == {"none"}
    assert {"fct_orders", "fct_spend", "int_margin_days", "dim_date"} <= set(changed(house))


@pytest.mark.slow
def test_what_is_not_a_later_day_of_the_same_lake_is_built_whole(tmp_path: Path) -> None:
    house = Settings(data_dir=tmp_path / "house", as_of=dt.date(2026, 3, 4), engine="duckdb")
    copy_empty_lake(house.lake)
    account = {"account_id": "a", "account_name": "Lamps", "currency": "USD"}
    deliver(house, {"google_ads/accounts": [account | {"file_id": name} for name in ("one", "two")]})

    def follows(day: int = 4, **rules: Any) -> bool:
        build(house.model_copy(update={"as_of": dt.date(2026, 3, day)}), "int_ad_accounts", rules=Rules(**rules))
        [(found,)] = query(house.warehouse, "select follows from build.run")
        return bool(found)

    assert not follows()
    assert follows()
    assert follows(5)
    assert not follows(4)  # a day back
    assert not follows(reporting_currency="EUR")
    assert follows(reporting_currency="EUR")
    (house.lake / "google_ads/accounts/two.parquet").unlink()
    assert not follows(reporting_currency="EUR")
    assert query(house.warehouse, "select account_id from intermediate.int_ad_accounts") == [("a",)]
    deliver(house, {"google_ads/accounts": [account | {"file_id": "one", "account_id": "b"}]})
    assert not follows(reporting_currency="EUR")
    assert query(house.warehouse, "select account_id from intermediate.int_ad_accounts") == [("b",)]


def test_a_build_that_was_cut_off_is_not_followed(tmp_path: Path) -> None:
    house = Settings(data_dir=tmp_path / "house", as_of=dt.date(2026, 3, 4), engine="duckdb")
    copy_empty_lake(house.lake)
    account = {"account_id": "a", "account_name": "Lamps", "currency": "USD", "file_id": "one"}
    deliver(house, {"google_ads/accounts": [account]})
    build(house, "int_ad_accounts")
    # As a killed build leaves it: begun, and rows of its own in a table.
    with duckdb.connect(str(house.warehouse)) as conn:
        conn.execute("drop table build.base")
        conn.execute("update intermediate.int_ad_accounts set account_name = 'half a build'")

    build(house, "int_ad_accounts")

    assert query(house.warehouse, "select follows from build.run") == [(False,)]
    assert query(house.warehouse, "select account_name from intermediate.int_ad_accounts") == [("Lamps",)]


def schedules(random: Random) -> Iterator[Rows]:
    """The rows of every source in three deliveries: any row in any of them, some in two."""
    deliveries: list[dict[str, list[dict[str, Any]]]] = [{}, {}, {}]
    for stream, rows in together(ROOMS).items():
        for row in rows:
            for number in random.sample(range(3), random.choice((1, 1, 1, 2))):
                file_id = f"{row.get('file_id', 'test')}-{number}"
                deliveries[number].setdefault(stream, []).append({**row, "file_id": file_id})
    yield from deliveries


@pytest.mark.slow
@settings(max_examples=3, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
@given(random=st.randoms(use_true_random=False))
def test_any_schedule_of_deliveries_ends_in_the_tables_of_a_whole_build(
    tmp_path_factory: pytest.TempPathFactory, random: Random
) -> None:
    folder = tmp_path_factory.mktemp("schedule")
    house = Settings(data_dir=folder / "house", engine="duckdb")
    copy_empty_lake(house.lake)
    days = sorted(random.sample(range(150), 3))
    for day, rows in zip(days, schedules(random), strict=True):
        deliver(house, rows)
        house = house.model_copy(update={"as_of": dt.date(2026, 2, 1) + dt.timedelta(days=day)})
        build(house)
        assert query(house.warehouse, "select follows from build.run") == [(day != days[0],)]

    assert tables_that_differ(house, build_whole(house, folder / "whole")) == []
