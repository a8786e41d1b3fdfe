"""Hand-worked customers through the real models: who comes back, what they are worth, who brings others."""

import datetime as dt
from typing import Any

import pytest

from orchestration.settings import Settings
from tests.models.dbt_runs import House, build_checked, found, query
from tests.models.lake_parts import write_lake
from tests.models.retention_rows import RETENTION

MARTS = ["dim_customers", "fct_orders", "fct_subscription_months", "int_kpi_values_retention", "int_budgets"]
# The room by its name, so that keys and nulls of its models are tested too.
ROOM = ["intermediate.retention"]
IDENTITIES = {
    "L1": "assert_the_mrr_bridge_balances",
    "L1 months": "assert_every_month_of_subscriptions_is_reported",
    "L2": "assert_gross_retention_is_not_above_net",
    "L3": "assert_a_cohort_has_one_size_at_every_age",
    "L4": "assert_cohort_margin_is_that_of_its_orders",
    "X4": "assert_every_amount_has_a_rate",
}
SUBSCRIBERS = "assert_every_subscriber_is_a_customer"
AS_OF = dt.date(2026, 6, 29)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    settings = Settings(data_dir=tmp_path_factory.mktemp("retention"), as_of=AS_OF, engine="duckdb")
    write_lake(settings.lake, RETENTION)
    return House(settings, build_checked(settings, MARTS, [*ROOM, *IDENTITIES.values(), SUBSCRIBERS]))


@pytest.fixture(scope="module")
def settings(house: House) -> Settings:
    return house.settings


def rows(settings: Settings, sql: str) -> list[tuple[Any, ...]]:
    return query(settings.warehouse, sql)


def test_a_repeat_counts_until_the_last_second_of_the_window(settings: Settings) -> None:
    # January: edge (day 60), both and back return in time; late a second too late, twice only on the same day.
    # April's window ends on the day of as_of: 0 of 1. May is too young. A free job is no purchase: free is in February.
    months = rows(settings, """
        select strftime(period, '%y-%m'), is_mature, buyers, repeat_buyers, repeat_rate from marts.kpi_retention
        where grain = 'month' and dimension = '' and period >= date '2026-01-01'
    """)  # fmt: skip
    assert months == [
        ("26-01", True, 5, 3, 0.6),
        ("26-02", True, 1, 0, 0),
        ("26-03", True, 0, 0, None),
        ("26-04", True, 1, 0, 0),
        ("26-05", False, 1, 0, None),
        ("26-06", False, 0, 0, None),
    ]
    # All time: 3 of the 7 whose own window is over.
    assert rows(settings, """
        select numerator, denominator, n from intermediate.int_kpi_values_retention
        where kpi = 'repeat_rate' and grain = 'all' and dimension = ''
    """) == [(3, 7, 8)]  # fmt: skip


def test_a_customer_of_two_sources_counts_once_and_by_channel(settings: Settings) -> None:
    orders = "select source from marts.fct_orders where customer_id = 'both'"
    assert rows(settings, orders) == [("shopify",), ("template",)]
    assert rows(settings, """
        select member, buyers, repeat_buyers from marts.kpi_retention
        where grain = 'month' and dimension = 'channel' and period = date '2026-01-01'
    """) == [("(unattributed)", 1, 1), ("flyers", 1, 0), ("paid_search", 2, 2), ("word_of_mouth", 1, 0)]  # fmt: skip


def test_the_rebooking_interval_is_the_median_of_those_that_ended(settings: Settings) -> None:
    # February 10, 10, 17; March 42, 60, 61; May 5; June 84: between 17 and 42 of eight. Eight last visits are open.
    assert rows(settings, """
        select coalesce(strftime(period, '%y-%m'), grain), rebooking_intervals, rebooking_interval_days, open_intervals
        from marts.kpi_retention where grain in ('month', 'all') and dimension = '' and rebooking_intervals > 0
    """) == [
        ("26-02", 3, 10, 6), ("26-03", 3, 60, 6), ("26-05", 1, 5, 8), ("26-06", 1, 84, 8), ("all", 8, 29.5, 8),
    ]  # fmt: skip


def test_customers_lapse_after_twice_their_own_interval(settings: Settings) -> None:
    # Twice lives 2 * 60 days until 20 May, free until 5 June, both 2 * 17 until 7 March, young 2 * 5 until 4 June.
    # Back, whose median is 26, lapses after 19 May and returns on 20 June.
    assert rows(settings, """
        select strftime(period, '%y-%m'), active_start, active_end, lapsed, customer_churn from marts.kpi_retention
        where grain = 'month' and dimension = '' and period >= date '2026-01-01'
    """) == [
        ("26-01", 0, 5, 0, None), ("26-02", 5, 6, 0, 0), ("26-03", 6, 5, 1, 0.16666667),
        ("26-04", 5, 6, 0, 0), ("26-05", 6, 5, 2, 0.33333333), ("26-06", 5, 4, 2, 0.4),
    ]  # fmt: skip
    # Of edge, late, twice, free and back twice and free are lost in June; young came and lapsed within the quarter.
    assert rows(settings, """
        select active_start, active_end, lapsed from marts.kpi_retention
        where grain = 'quarter' and period = date '2026-04-01' and dimension = ''
    """) == [(5, 4, 2)]  # fmt: skip


def test_a_cohort_has_a_value_once_all_of_it_has_been_there_so_long(settings: Settings) -> None:
    # January, 5 customers: 8 orders of 50 in the first month, the shop's order does not know its cost; edge's second
    # and back's fourth by month 3, back's last by month 6, when the youngest may have had five. February: 50 less a
    # free job of 15, for two customers, one without an order; the second free job comes exactly a month later. April
    # knows no cost.
    ages = rows(settings, """
        select strftime(period, '%m'), age_months, is_mature, cohort_size, orders, orders_missing_cost, cm2, ltv
        from marts.kpi_ltv where grain = 'month' and dimension = '' and age_months <= 6 and period < date '2026-05-01'
    """)  # fmt: skip
    assert ages == [
        ("01", 1, True, 5, 9, 1, 400, 80), ("01", 3, True, 5, 12, 2, 500, 100), ("01", 6, False, 5, 13, 2, 550, None),
        ("02", 1, True, 2, 2, 0, 35, 17.5), ("02", 3, True, 2, 3, 0, 20, 10), ("02", 6, False, 2, 3, 0, 20, None),
        ("04", 1, True, 1, 1, 1, 0, None), ("04", 3, False, 1, 1, 1, 0, None), ("04", 6, False, 1, 1, 1, 0, None),
    ]  # fmt: skip
    # Bought on 31 March, a customer of the first quarter would be three months old at the end of 29 June.
    assert rows(settings, """
        select is_mature, ltv, cost_coverage from marts.kpi_ltv
        where grain = 'quarter' and period = date '2026-01-01' and dimension = '' and age = 'month_3'
    """) == [(True, 74.28571429, 0.86666667)]  # fmt: skip
    # What a customer may cost is the same sum: after a month of the nine who are so old, the dealer among them
    # (400 + 35 + 100), of whom May's one has brought 100.
    assert rows(settings, """
        select customers, cm2 from intermediate.int_customer_value_periods
        where grain = 'all' and dimension = '' and age = 'month_1'
    """) == [(9, 535)]  # fmt: skip


def test_ltv_to_cac_compares_the_same_customers(settings: Settings) -> None:
    # 250 won the five of January: 80 / 50 and 100 / 50. February's cost nothing, which is no ratio.
    ratios = rows(
        settings,
        """
        select strftime(period, '%m'), age_months, cac_fully_loaded, ltv_to_cac from marts.kpi_ltv
        where grain = 'month' and dimension = '' and age_months <= 6 and period < date '2026-03-01'
    """,
    )
    assert ratios[:3] == [("01", 1, 50, 1.6), ("01", 3, 50, 2), ("01", 6, 50, None)]
    assert ratios[3:] == [("02", age, 0, None) for age in (1, 3, 6)]


def test_recurring_revenue_leads_from_month_to_month(settings: Settings) -> None:
    bridge = rows(settings, """
        select strftime(period, '%y-%m'), start_mrr, opening_mrr, new_mrr, expansion_mrr, reactivation_mrr,
            contraction_mrr, churned_mrr, fx_change, end_mrr, end_customers, nrr, grr
        from marts.kpi_mrr_bridge where grain = 'month' and (period < date '2025-07-01' or period > date '2025-12-31')
    """)  # fmt: skip
    # Alpha and old are there when the table begins. January: old leaves with 100; euro 110, gone 50, shrink 80,
    # silent 30 and switch 110 are new. February: 100 EUR gain 10 by the rate. March: alpha + 20, shrink - 50, gone.
    # April: switch pays 100 EUR = 120 instead of 110, fresh 40. May: silent has no row, gone is back with 60.
    # June: 200 EUR * 0.05. NRR of March: 410 / 490, GRR 390 / 490; of April 420 / 410; of May 430 / 460.
    assert bridge == [
        ("25-05", 0, 200, 0, 0, 0, 0, 0, 0, 200, 2, None, None),
        ("25-06", 200, 0, 0, 0, 0, 0, 0, 0, 200, 2, 1, 1),
        ("26-01", 200, 0, 380, 0, 0, 0, 100, 0, 480, 6, 0.5, 0.5),
        ("26-02", 480, 0, 0, 0, 0, 0, 0, 10, 490, 6, 1, 1),
        ("26-03", 490, 0, 0, 20, 0, 50, 50, 0, 410, 5, 0.83673469, 0.79591837),
        ("26-04", 410, 0, 40, 10, 0, 0, 0, 0, 460, 6, 1.02439024, 1),
        ("26-05", 460, 0, 0, 0, 60, 0, 30, 0, 490, 6, 0.93478261, 0.93478261),
        ("26-06", 490, 0, 0, 0, 0, 0, 0, 10, 500, 6, 1, 1),
    ]


def test_who_pays_by_the_month_and_never_bought_is_named(house: House) -> None:
    # What is known ahead of July is not yet paid. An order makes a customer of alpha.
    check, bought = house.checks[SUBSCRIBERS], "update marts.dim_customers set customer_id = 'alpha' where orders = 3"
    everybody = {"alpha", "old", "euro", "gone", "shrink", "silent", "switch", "fresh"}
    assert {name for name, *_ in found(house.settings, check)} == everybody
    assert {name for name, *_ in found(house.settings, check, bought)} == everybody - {"alpha"}


def test_retention_over_a_quarter_and_a_year_is_point_to_point(settings: Settings) -> None:
    # March's five pay alpha 120, euro 120 at March's rate, shrink 30, silent nothing, switch 100 EUR at June's 1.25:
    # 395 of 410; without what is more than before 380. Fresh, sent by alpha, adds 40; one of five left.
    # Of June 2025's 200 alpha pays 120; old is gone.
    assert rows(settings, """
        select retained_mrr, gross_retained_mrr, earned_new_mrr, lost_customers, nrr, grr, earned_growth, customer_churn
        from marts.kpi_mrr_bridge where grain = 'quarter' and period = date '2026-04-01'
    """) == [(395, 380, 40, 1, 0.96341463, 0.92682927, 0.06097561, 0.2)]  # fmt: skip
    assert rows(settings, """
        select strftime(period, '%y-%m'), nrr_12m, grr_12m, earned_growth_12m, customer_churn_12m
        from marts.kpi_mrr_bridge where nrr_12m is not null
    """) == [("26-05", 0.6, 0.5, -0.2, 0.5), ("26-06", 0.6, 0.5, -0.2, 0.5)]  # fmt: skip


def test_referred_is_who_says_so_and_unknown_is_shown(settings: Settings) -> None:
    # Edge is named by late and late heard of it, whatever led them in last; nobody knows about both. January's
    # revenue: 100 + 100 of 580, both 80. Nobody came in March. Young named itself.
    assert rows(settings, """
        select strftime(period, '%m'), new_customers, referred_customers, unknown_source_customers, referral_share,
            referral_revenue_share from marts.kpi_retention
        where grain = 'month' and dimension = '' and period between date '2026-01-01' and date '2026-05-01'
    """) == [
        ("01", 5, 2, 1, 0.4, 0.34482759), ("02", 2, 0, 1, 0, 0), ("03", 0, 0, 0, None, None), ("04", 1, 0, 1, 0, 0),
        ("05", 1, 0, 1, 0, 0),
    ]  # fmt: skip
    assert rows(settings, """
        select variant, member, numerator, denominator from intermediate.int_kpi_values_retention
        where kpi = 'referral_share' and dimension = 'referral' and grain = 'month' and period = date '2026-01-01'
    """) == [
        ("count", "(unknown)", 1, 5), ("count", "not_referred", 2, 5), ("count", "referred", 2, 5),
        ("revenue", "(unknown)", 80, 580), ("revenue", "not_referred", 300, 580), ("revenue", "referred", 200, 580),
    ]  # fmt: skip


MUTATIONS = {
    "L1": "update marts.kpi_mrr_bridge set fx_change = 0",
    "L1 months": "delete from intermediate.int_subscription_mrr where month = date '2025-09-01'",
    "L2": "update marts.kpi_mrr_bridge set grr = nrr + 0.1",
    "L3": "update marts.kpi_ltv set cohort_size = cohort_size - 1 where age = 'month_3'",
    "L4": "delete from intermediate.int_cohort_margins where cohort_month is null",
    "X4": "update intermediate.int_subscription_mrr set reported_mrr = null where currency = 'EUR'",
}


@pytest.mark.parametrize("identity", IDENTITIES)
def test_an_identity_fails_where_its_input_is_spoilt(house: House, identity: str) -> None:
    check = house.checks[IDENTITIES[identity]]
    assert found(house.settings, check) == []
    assert found(house.settings, check, MUTATIONS[identity])
