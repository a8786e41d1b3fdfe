"""Margins by line, order, customer and campaign, break-even and returns, against figures worked out by hand."""

import datetime as dt
from typing import Any

import pytest

from orchestration.settings import Settings
from tests.models.dbt_runs import House, build_checked, found, query
from tests.models.lake_parts import write_lake
from tests.models.margin_rows import MARGINS

MODELS = [
    "fct_order_lines", "dim_customers", "int_kpi_values_margin", "int_kpi_values_efficiency",
    "int_kpi_values_break_even",
]  # fmt: skip
IDENTITIES = {
    "M1 lines": "assert_order_lines_add_up_to_their_orders",
    "M1": "assert_margins_are_what_their_lines_give",
    "M2": "assert_margin_of_channels_is_total_margin",
    "M3": "assert_margins_step_down",
    "M4": "assert_both_bases_have_the_same_all_time_revenue",
    "M5": "assert_net_revenue_is_what_the_books_say",
    "X3": "assert_a_fully_refunded_order_nets_to_zero",
    "B1": "assert_break_even_units_cover_the_cost",
    "B2": "assert_break_even_roas_is_the_inverse_of_the_margin",
}
JANUARY, FEBRUARY, MARCH = (dt.date(2026, month, 1) for month in (1, 2, 3))


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    settings = Settings(data_dir=tmp_path_factory.mktemp("margins"), as_of=dt.date(2026, 4, 30), engine="duckdb")
    write_lake(settings.lake, MARGINS)
    return House(settings, build_checked(settings, MODELS, [*IDENTITIES.values()]))


@pytest.fixture(scope="module")
def settings(house: House) -> Settings:
    return house.settings


def rows(settings: Settings, sql: str) -> list[tuple[Any, ...]]:
    return query(settings.warehouse, sql)


def kpi(settings: Settings, name: str, where: str, room: str = "margin") -> dict[Any, Any]:
    """Values by member, to six decimals."""
    found = rows(settings, f"""
        select member, numerator, denominator from intermediate.int_kpi_values_{room} where kpi = '{name}' and {where}
    """)  # fmt: skip
    return {member: round(over / under, 6) if under else None for member, over, under in found}


def test_lines_share_what_their_order_has_as_a_whole(settings: Settings) -> None:
    # S1: 100 net and 7.40 + 0.029 * 121 + 0.30 = 11.209 of cost, shared 60 to 40. Lamps cost 20, a shade is unknown.
    lines = rows(settings, """
        select line_number, sku, gross, tax, net_revenue, cogs, cm1, variable_cost, cm2, is_cogs_missing,
            is_order_cost_missing
        from marts.fct_order_lines where order_id = 'shopify:S1'
    """)  # fmt: skip
    assert lines == [
        (1, "LAMP", 72.6, 12.6, 60, 20, 40, 6.7254, 33.2746, False, True),
        (2, "SHADE", 48.4, 8.4, 40, None, None, 4.4836, None, True, True),
    ]
    # S2 lost 15 of each 50; an order without lines is one line.
    assert rows(
        settings,
        """
        select order_id, line_number, net_before_refunds, net_refunds, net_revenue, cm2 from marts.fct_order_lines
        where order_id in ('shopify:S2', 'template:T2')
    """,
    ) == [
        ("shopify:S2", 1, 50, 15, 35, 19.7),
        ("shopify:S2", 2, 50, 15, 35, 19.7),
        ("template:T2", 1, 60, 0, 60, 45),
    ]


def test_one_unknown_line_leaves_the_whole_order_out_of_the_margin_and_counts_it(settings: Settings) -> None:
    assert rows(
        settings,
        """
        select net_revenue, cm1, cm2, is_cogs_missing, is_cost_missing from marts.fct_orders
        where order_id = 'shopify:S1'
    """,
    ) == [(100, None, None, True, True)]
    # January: S2 70 - 20 - 10.60 = 39.40, S3 0 - 10 - (7.40 + 3.19 + 0.30) = -20.89, T1 -7; S1 is the fourth.
    assert rows(
        settings,
        """
        select orders, orders_missing_cost, cost_coverage, net_revenue, cm1, cm2 from marts.kpi_contribution_margin
        where grain = 'month' and period = date '2026-01-01' and dimension = '' and basis = 'order_basis'
    """,
    ) == [(4, 1, 0.75, 170, 35, 11.51)]


def test_a_refund_of_the_next_month_counts_on_its_orders_day_or_on_its_own(settings: Settings) -> None:
    months = """
        select period, net_revenue, cm2, fx_difference from marts.kpi_contribution_margin
        where grain = 'month' and dimension = '' and period < date '2026-04-01' and basis = '{}'
    """
    # February: T2 60 - 15 = 45, S4 80 - 10 - (7.40 + 2.32 + 0.30) = 59.98. Fees stay although money goes back.
    assert rows(settings, months.format("order_basis")) == [
        (JANUARY, 170, 11.51, 20), (FEBRUARY, 140, 104.98, 0), (MARCH, 0, 0, 0),
    ]  # fmt: skip
    assert rows(settings, months.format("transaction_basis")) == [
        (JANUARY, 310, 151.51, 0), (FEBRUARY, 110, 74.98, 0), (MARCH, -110, -110, 20),
    ]  # fmt: skip


def test_a_full_refund_in_another_currency_nets_to_nothing_and_the_rate_is_a_difference(settings: Settings) -> None:
    # 100 EUR: 110 at the order's 1.10, 130 at the refund's 1.30.
    assert rows(
        settings,
        """
        select net_before_refunds, net_refunds, net_revenue, fx_difference from marts.fct_orders
        where order_id = 'shopify:S3'
    """,
    ) == [(110, 110, 0, 20)]


def test_a_free_job_costs_and_has_no_percentage(settings: Settings) -> None:
    # In January poodles are T1 alone: -7 of nothing.
    assert rows(
        settings,
        """
        select orders, paying_orders, net_revenue, cm2, cm1_rate, cm2_rate, cm3, cm3_rate
        from marts.kpi_contribution_margin
        where grain = 'month' and period = date '2026-01-01' and member = 'poodles' and basis = 'order_basis'
    """,
    ) == [(1, 0, 0, -7, None, None, None, None)]


def test_margins_are_cut_by_segment_and_campaign_and_spend_by_campaign_alone(settings: Settings) -> None:
    february = "grain = 'month' and period = date '2026-02-01' and variant = 'order_basis' and dimension = '{}'"
    assert kpi(settings, "cm2", february.format("segment")) == {"poodles": 45, "(unknown)": 59.98}
    assert kpi(settings, "cm3", february.format("segment")) == {}
    # The touch says SPRING, the spend Spring.
    assert kpi(settings, "cm2", february.format("campaign")) == {
        "Spring": 45, "(unattributed)": 59.98, "Lost": 0, "Lamps": 0,
    }  # fmt: skip
    assert kpi(settings, "cm3", february.format("campaign")) == {
        "Spring": 25, "(unattributed)": 59.98, "Lost": -100, "Lamps": -50,
    }  # fmt: skip


def test_an_order_a_customer_and_an_hour_earn_so_much(settings: Settings) -> None:
    # January: 11.51 from three orders of three customers that know their costs; T1 took an hour and cost 7.
    january = "grain = 'month' and period = date '2026-01-01' and dimension = '' and variant = 'cm2_per_{}'"
    assert kpi(settings, "cm_per_customer", january.format("order")) == {"": 3.836667}
    assert kpi(settings, "cm_per_customer", january.format("customer")) == {"": 3.836667}
    assert kpi(settings, "cm_per_customer", january.format("hour")) == {"": -7}
    # Ever: 116.49 from five orders of three customers; Bob and Dave came twice.
    assert kpi(settings, "cm_per_customer", "grain = 'all' and dimension = '' and variant = 'cm2_per_order'") == {
        "": 23.298
    }
    assert kpi(settings, "cm_per_customer", "grain = 'all' and dimension = '' and variant = 'cm2_per_customer'") == {
        "": 38.83
    }
    assert rows(settings, """
        select customer_id, acquisition_campaign, orders, orders_missing_cost, cm1, cm2 from marts.dim_customers
    """) == [
        ("ann", "(unattributed)", 1, 1, None, None), ("bob", "(unattributed)", 2, 0, 120, 99.38),
        ("cora", "(unattributed)", 1, 0, -10, -20.89), ("dave", "Spring", 2, 0, 45, 38),
    ]  # fmt: skip


def test_repeat_share_is_of_paid_orders(settings: Settings) -> None:
    share = "grain = 'month' and period = date '2026-0{}-01' and dimension = ''"
    # January: three first orders, and a free job that is none; February: T2 is Dave's first, S4 Bob's second.
    assert kpi(settings, "repeat_share", share.format(1)) == {"": 0}
    assert kpi(settings, "repeat_share", share.format(2)) == {"": 0.5}
    assert kpi(settings, "repeat_share", share.format(3)) == {"": None}


def test_break_even_of_the_firm_may_lie_above_what_was_sold(settings: Settings) -> None:
    # February: 90 + 170 of media to cover, 104.98 from 2 jobs: 4.95, so 5. Revenue 260 / (104.98 / 140) = 346.7327.
    assert rows(
        settings,
        """
        select cost_to_cover, units, break_even_units, break_even_units_left, round(break_even_revenue, 4),
            margin_of_safety, break_even_date
        from marts.kpi_break_even where grain = 'month' and period = date '2026-02-01' and dimension = ''
    """,
    ) == [(260, 2, 5, 3, 346.7327, -1.47666222, None)]


def test_a_campaign_breaks_even_from_its_launch(settings: Settings) -> None:
    # Spring: 20 spent on 1 February; Dave's free job -7, then 45 on the 3rd: 38. Revenue 20 * 60 / 38.
    assert rows(settings, """
        select member, cost_to_cover, cm2, break_even_units, margin_of_safety, launch_date, break_even_date,
            sustained_break_even_date
        from marts.kpi_break_even where grain = 'all' and dimension = 'campaign' and launch_date is not null
    """) == [
        ("Lamps", 50, 0, None, None, dt.date(2026, 2, 5), None, None),
        ("Lost", 100, 0, None, None, dt.date(2026, 2, 4), None, None),
        ("Spring", 20, 38, 1, 0.47368421, dt.date(2026, 2, 1), dt.date(2026, 2, 3), dt.date(2026, 2, 3)),
    ]  # fmt: skip


def test_what_a_customer_may_cost_is_observed_and_only_of_cohorts_that_are_old_enough(settings: Settings) -> None:
    allowed = rows(settings, """
        select grain, period, age_months, cm2, customers from intermediate.int_customer_value_periods
        where dimension = '' and grain in ('month', 'all') and is_mature and orders_with_cost > 0 and age_months <= 3
    """)  # fmt: skip
    # First orders: S2 and S3, Ann's has no cost; T2. After a month January's earned no more; Dave's free job counts.
    # After three Bob's S4 is there (18.51 + 59.98); 3 February, Dave's day, is not three months before 30 April.
    assert allowed == [
        ("all", None, 0, 63.51, 3), ("all", None, 1, 56.51, 4), ("all", None, 3, 78.49, 3),
        ("month", JANUARY, 0, 18.51, 2), ("month", JANUARY, 1, 18.51, 3), ("month", JANUARY, 3, 78.49, 3),
        ("month", FEBRUARY, 0, 45, 1), ("month", FEBRUARY, 1, 38, 1),
    ]  # fmt: skip


def test_returns_are_attributed_to_the_last_touch_and_claims_stand_apart(settings: Settings) -> None:
    ever = "grain = 'all' and dimension = '{}'"
    # Spring: 60 of revenue and 38 - 20 for 20 spent; Lost won nobody, Lamps nobody knows whom. Google claims 200.
    assert kpi(settings, "roas", ever.format("campaign"), "efficiency") == {"Spring": 3, "Lost": 0}
    assert kpi(settings, "romi_attributed", ever.format("campaign"), "efficiency") == {"Spring": 0.9, "Lost": -1}
    assert kpi(settings, "roas", ever.format("channel"), "efficiency") == {
        "paid_social": 0.5,
        "paid_search": 0,
    }
    assert kpi(settings, "roas_platform", ever.format("campaign"), "efficiency") == {"Lamps": 4}
    # 310 of revenue for 170 of media; 230 of it from first orders: 100 + 70 + 0 + 60.
    assert kpi(settings, "mer", ever.format(""), "efficiency") == {"": 1.823529}
    assert kpi(settings, "amer", ever.format(""), "efficiency") == {"": 1.352941}


MUTATIONS = {
    "M1 lines": "update marts.fct_order_lines set net_revenue = net_revenue + 1 where order_id = 'template:T2'",
    "M1": "update marts.kpi_contribution_margin set cm1 = cm1 + 1 where grain = 'month' and member = 'Spring'",
    "M2": "delete from marts.kpi_contribution_margin where member = 'poodles' and grain = 'all'",
    "M3": "update marts.kpi_contribution_margin set cm3 = cm2 + 1 where grain = 'all' and member = 'Lost'",
    "M4": "update marts.kpi_contribution_margin set net_revenue = 0 where grain = 'all' and member = 'Spring' "
    "and basis = 'order_basis'",
    "M5": "update intermediate.int_ledger_entries set amount = 300",
    "X3": "update intermediate.int_order_refunds set net_refund = net_refund - 1 where order_id = 'shopify:S3'",
    "B1": "update marts.kpi_break_even set break_even_units = 4 where break_even_units = 5",
    "B2": "update intermediate.int_kpi_values_break_even set numerator = numerator + 1 where kpi = 'break_even_roas' "
    "and member = 'Spring'",
}


@pytest.mark.parametrize("identity", IDENTITIES)
def test_an_identity_fails_where_its_input_is_spoilt(house: House, identity: str) -> None:
    check = house.checks[IDENTITIES[identity]]
    assert found(house.settings, check) == []
    assert found(house.settings, check, MUTATIONS[identity])
