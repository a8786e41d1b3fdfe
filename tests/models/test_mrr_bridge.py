"""The bridge of recurring revenue balances for any table of subscriptions, whatever customers and rates do."""

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from orchestration.settings import Settings
from tests.models.dbt_runs import dbt

MODELS = ["int_retention_spans", "int_mrr_changes", "fct_subscription_months", "kpi_mrr_bridge"]
IDENTITIES = ["assert_the_mrr_bridge_balances", "assert_gross_retention_is_not_above_net"]
MONTHS = [dt.date(2025 + number // 12, number % 12 + 1, 1) for number in range(14)]
Table = dict[tuple[str, str, int], Decimal]

# Amounts of a few customers, in two currencies, in any month; most months nobody has an amount.
AMOUNTS = st.dictionaries(
    st.tuples(st.sampled_from("abcd"), st.sampled_from(["USD", "EUR"]), st.integers(0, len(MONTHS) - 1)),
    st.decimals(0, 100_000, places=2),
    min_size=1,
    max_size=40,
)
RATES = st.lists(st.decimals("0.5", 3, places=6), min_size=len(MONTHS), max_size=len(MONTHS))


@pytest.fixture(scope="module")
def statements(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The SQL of the models and of the identities, over tables of an attached database `warehouse`."""
    settings = Settings(data_dir=Path(tmp_path_factory.mktemp("bridge")), as_of=dt.date(2026, 2, 28), engine="duckdb")
    compiled = dbt(["compile", "--quiet", "--select", *MODELS, *IDENTITIES], settings)
    assert compiled.success, compiled.exception
    return {one.node.name: str(one.node.compiled_code) for one in compiled.result.results}


def build(conn: duckdb.DuckDBPyConnection, statements: dict[str, str], table: Table, rates: list[Decimal]) -> None:
    """The models over a table of subscriptions, in a database without anything else."""
    conn.execute("attach ':memory:' as warehouse; use warehouse; create schema intermediate; create schema marts")
    conn.execute("""
        create table intermediate.int_subscription_mrr as
        select ''::varchar as customer_id, current_date as month, ''::varchar as currency, 0::decimal(20, 6) as mrr,
            0::decimal(17, 10) as fx_rate, 0::decimal(20, 6) as reported_mrr limit 0
    """)
    for (customer, currency, month), mrr in table.items():
        rate = Decimal(1) if currency == "USD" else rates[month]
        conn.execute(
            "insert into intermediate.int_subscription_mrr values (?, ?, ?, ?, ?, ?)",
            [customer, MONTHS[month], currency, mrr, rate, mrr * rate],
        )
    conn.execute("""
        create table intermediate.int_periods as
        select day::date as period_day, grain, true as is_complete,
            case when grain <> 'all' then date_trunc(grain, day)::date end as period
        from range(date '2025-01-01', date '2026-03-01', interval 1 day) as days(day),
            (values ('month'), ('quarter'), ('year'), ('all')) as grains(grain)
    """)
    conn.execute("""
        create table intermediate.int_customer_referrals as
        select distinct customer_id, 'referred' as referral from intermediate.int_subscription_mrr
    """)
    for model in MODELS:
        schema = "intermediate" if model.startswith("int_") else "marts"
        conn.execute(f"create table {schema}.{model} as {statements[model]}")


def totals(table: Table, rates: list[Decimal]) -> dict[dt.date, Any]:
    """What all customers pay in each month from the first to the last of the table."""
    known = sorted({month for _, _, month in table})
    sums: dict[Any, Decimal] = {MONTHS[month]: Decimal(0) for month in range(known[0], known[-1] + 1)}
    for (_, currency, month), mrr in table.items():
        sums[MONTHS[month]] += mrr * (1 if currency == "USD" else rates[month])
    return {month: pytest.approx(float(total), abs=0.01) for month, total in sums.items()}


@hypothesis.settings(max_examples=25, deadline=None)
@given(AMOUNTS, RATES)
def test_the_bridge_balances_for_any_subscriptions(
    statements: dict[str, str], table: Table, rates: list[Decimal]
) -> None:
    with duckdb.connect() as conn:
        build(conn, statements, table, rates)
        ends = conn.execute("select period, end_mrr::double from marts.kpi_mrr_bridge where grain = 'month'").fetchall()
        assert dict(ends) == totals(table, rates)
        for identity in IDENTITIES:
            # A month in which nobody has a row is the other identity's concern: here everybody left in it.
            broken = conn.execute(statements[identity]).fetchall()
            assert broken == [], identity
