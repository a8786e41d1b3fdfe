"""What winning a customer costs, worked out by hand: pools, months, shared costs, lags, cohorts, steps and purposes."""

import datetime as dt
from typing import Any

import pytest

from orchestration.rules import Cac, Fx, Rules
from orchestration.settings import Settings
from tests.models.acquisition_rows import ACQUISITION
from tests.models.dbt_runs import House, build_checked, dbt, found, query
from tests.models.lake_parts import write_lake

RULES = Rules(cac=Cac(maturity_months=1, channel_lag_periods={"social": 0}), fx=Fx(constant_rates={"EUR": 1.1}))
MARTS = ["dim_customers", "fct_spend", "fct_costs", "kpi_cac", "kpi_cac_cohort", "kpi_spend_mix", "kpi_cost_per_stage"]
# X4 asks every amount of the house for its rate.
RATED = ["int_budgets", "int_subscription_mrr"]
VALUES = ["int_kpi_values_cac", "int_kpi_values_acquisition", "int_kpi_values_media", "int_kpi_values_margin"]
IDENTITIES = {
    "K1": "assert_new_customers_are_counted_once",
    "K2": "assert_new_customers_of_channels_are_all_new_customers",
    "K3": "assert_channel_cac_adds_up_to_the_cost_pool",
    "K4": "assert_fully_loaded_cac_is_not_below_media_cac",
    "K5": "assert_lead_cohorts_hold_every_new_customer",
    "S2": "assert_spend_of_channels_is_total_spend",
    "S5": "assert_allocated_cost_is_the_shared_cost",
    "X4": "assert_every_amount_has_a_rate",
    "constant": "assert_every_currency_has_a_constant_rate",
    "mix": "assert_shares_of_spend_add_up_to_one",
    "purpose": "assert_every_purpose_is_known",
    "accrual": "assert_every_cost_is_borne_by_its_months",
}
BOOKS = "assert_marketing_costs_match_the_books"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    settings = Settings(data_dir=tmp_path_factory.mktemp("firm"), as_of=dt.date(2026, 6, 30), engine="duckdb")
    write_lake(settings.lake, ACQUISITION)
    return House(settings, build_checked(settings, MARTS + VALUES + RATED, [*IDENTITIES.values(), BOOKS], RULES))


@pytest.fixture(scope="module")
def settings(house: House) -> Settings:
    return house.settings


def months(settings: Settings, columns: str, mart: str = "kpi_cac", where: str = "dimension = ''") -> Any:
    sql = f"select strftime(period, '%m'), {columns} from marts.{mart} where grain = 'month' and {where}"
    return query(settings.warehouse, sql)


def kpi(settings: Settings, name: str, variant: str, dimension: str = "", grain: str = "month") -> dict[Any, Any]:
    """A KPI by month, or by month and member."""
    parts = " union all ".join(f"from intermediate.{part}" for part in VALUES)
    rows = query(settings.warehouse, f"""
        select strftime(period, '%m'), member,
            round(cast(numerator as double) / nullif(cast(denominator as double), 0), 6)
        from ({parts}) where (kpi, variant, grain, dimension) = ('{name}', '{variant}', '{grain}', '{dimension}')
    """)  # fmt: skip
    return {(month, member) if dimension else month: value for month, member, value in rows}


def test_a_bill_of_a_year_is_borne_by_its_months_to_the_cent(settings: Settings) -> None:
    parts = query(
        settings.warehouse,
        "select strftime(month, '%y-%m'), amount from intermediate.int_cost_rows where pool = 'tools'",
    )
    assert [amount for _, amount in parts] == [8.33, 8.33, 8.34] * 4
    assert (parts[0][0], parts[-1][0]) == ("26-04", "27-03")
    # Months to come bear theirs when they come.
    assert months(settings, "tools_cost", where="dimension = '' and tools_cost <> 0") == [
        ("04", 8.33), ("05", 8.33), ("06", 8.34)
    ]  # fmt: skip


def test_media_that_a_platform_reports_counts_once(settings: Settings) -> None:
    # April: 300 of search - 20 credited + 30 of a billboard. May: the invoice of 390 is the 400 that search reports.
    assert kpi(settings, "spend", "", "channel") == {
        ("01", "search"): 100, ("01", "social"): 60, ("02", "search"): 200, ("04", "search"): 280,
        ("04", "billboard"): 30, ("05", "search"): 400, ("05", "social"): 100, ("06", "search"): 500,
    }  # fmt: skip
    uncounted = "select strftime(month, '%m'), channel, amount from marts.fct_costs where not is_counted"
    assert query(settings.warehouse, uncounted) == [("05", "search", 390)]


def test_constant_currency_takes_one_rate_for_all_days(settings: Settings) -> None:
    # 50 EUR on a Saturday: 60 at Friday's rate, 55 at the constant one.
    assert kpi(settings, "cac_blended_media", "")["01"] == 160
    assert kpi(settings, "cac_blended_media", "constant_currency")["01"] == 155
    assert kpi(settings, "cac_fully_loaded", "constant_currency")["05"] == kpi(settings, "cac_fully_loaded", "")["05"]


def test_fully_loaded_cac_takes_each_pool_by_its_share(settings: Settings) -> None:
    # May: 500 media, 80 agency, 8.33 tools, 20 commissions, 40 events; account managers win nobody.
    # Won: fay and eve; the expansion deal of gus makes no new customer.
    assert kpi(settings, "cac_fully_loaded", "") == {
        "01": 160, "02": 100, "03": None, "04": 318.33, "05": 324.165, "06": 508.34,
    }  # fmt: skip


def test_a_commission_is_in_cac_and_cm3_and_not_in_cm2(settings: Settings) -> None:
    # May: 100 of fay's order - 100 goods - 10 delivery = -10; eve's cost is unknown. Less 500 media and 20 commissions.
    margins = months(
        settings, "cm2, direct_marketing, cm3", "kpi_contribution_margin",
        "dimension = '' and basis = 'order_basis' and period = date '2026-05-01'",
    )  # fmt: skip
    assert margins == [("05", -10, 520, -530)]
    assert months(settings, "commissions_cost", where="dimension = '' and commissions_cost <> 0") == [("05", 20)]


def test_shared_cost_is_borne_by_the_channels_with_media(settings: Settings) -> None:
    # May: 80 + 8.33 + 20 = 108.33 shared, 4/5 search, which won nobody, 1/5 social. Events pay for themselves.
    # April: 8.33 * 30 / 310 and the rest.
    shared = "member not in ('', '(shared)') and full_cost <> 0 and period >= date '2026-04-01'"
    assert months(settings, "member, loaded_cost, allocated_cost, cac_channel, cac_channel_loaded", where=shared) == [
        ("04", "billboard", 30, 0.806129, None, None),
        ("04", "search", 280, 7.523871, 280, 287.523871),
        ("05", "event", 40, 0, None, None),
        ("05", "search", 400, 86.664, None, None),
        ("05", "social", 100, 21.666, 100, 121.666),
        ("06", "search", 500, 8.34, 500, 508.34),
    ]
    assert kpi(settings, "cac_channel", "last_touch_media_share", "channel")["05", "social"] == 121.666


def test_a_channel_without_spend_costs_nothing_and_one_without_customers_is_listed(settings: Settings) -> None:
    direct = kpi(settings, "cac_channel", "last_touch", "channel")
    assert (direct["05", "organic"], direct["05", "search"]) == (0, None)
    listed = "dimension = '' and spend_without_customers <> 0"
    # January: social; April: the billboard; May: search.
    assert months(settings, "spend_without_customers", where=listed) == [("01", 60), ("04", 30), ("05", 400)]


def test_lagged_cac_needs_the_month_before(settings: Settings) -> None:
    # Nobody says what March cost, so April knows no lagged cost; March itself won nobody.
    # June: all of May's cost on one customer.
    assert kpi(settings, "cac_lagged", "lag_1") == {
        "01": None, "02": 80, "03": None, "04": None, "05": 159.165, "06": 648.33,
    }  # fmt: skip
    assert kpi(settings, "cac_lagged", "lag_1_media")["05"] == 155
    assert kpi(settings, "cac_lagged", "lag_1", grain="quarter") == {"01": None, "04": None}


def test_observed_lags_carry_cost_to_the_months_that_it_wins(settings: Settings) -> None:
    # Cohorts until February, followed for a month: ann and dan at once, ben a month later; cora's two months are too
    # long. May: (2 * 648.33 + 318.33) / 3 / 2. June: (2 * 508.34 + 648.33) / 3. April needs March.
    assert query(settings.warehouse, "select lag_months, customers from intermediate.int_lag_weights") == [
        (0, 2),
        (1, 1),
    ]
    assert kpi(settings, "cac_lagged", "distributed") == {
        "01": None, "02": None, "03": None, "04": None, "05": 269.165, "06": 555.003333,
    }  # fmt: skip


def test_a_channel_has_its_own_lag(settings: Settings) -> None:
    # Search wins a month later: 100 for Ben and Dan, 400 for Hal; Cora's March is missing. Social wins at once.
    lagged = {member: months for member, *months in query(settings.warehouse, """
        select member, lag_months, list({'month': strftime(period, '%m'), 'cac': cast(cac_lagged_media as double)}
            order by period) filter (where new_customers > 0)
        from marts.kpi_cac where grain = 'month' and member in ('search', 'social') group by 1, 2
    """)}  # fmt: skip
    assert lagged["search"] == [1, [{"month": "01", "cac": None}, {"month": "02", "cac": 50},
                                    {"month": "04", "cac": None}, {"month": "06", "cac": 400}]]  # fmt: skip
    assert lagged["social"] == [0, [{"month": "05", "cac": 100}]]
    assert kpi(settings, "cac_lagged", "lag_0_media", "channel")["05", "social"] == 100


def test_a_lead_cohort_gets_cheaper_with_age_until_it_is_mature(settings: Settings) -> None:
    ages = query(settings.warehouse, """
        select strftime(lead_month, '%m'), age_months, is_mature, customers_to_date, cac_to_date
        from marts.kpi_cac_cohort where lead_month < date '2026-04-01' and age_months < 3
    """)  # fmt: skip
    assert ages == [
        ("01", 0, False, 1, 160), ("01", 1, True, 2, 80), ("01", 2, True, 2, 80),
        ("02", 0, False, 1, 200), ("02", 1, True, 1, 200), ("02", 2, True, 2, 100),
        ("03", 0, False, 0, None), ("03", 1, True, 0, None), ("03", 2, True, 0, None),
    ]  # fmt: skip
    cohorts = query(settings.warehouse, """
        select strftime(period, '%m'), numerator, denominator, is_mature from intermediate.int_kpi_values_acquisition
        where kpi = 'cac_cohort' and variant = ''
    """)  # fmt: skip
    assert cohorts == [
        ("01", 160, 2, True), ("02", 200, 2, True), ("03", None, None, True), ("04", 318.33, 1, True),
        ("05", 648.33, 1, True), ("06", 508.34, 0, False),
    ]  # fmt: skip
    eve = "select strftime(won_month, '%m') from marts.kpi_cac_cohort where lead_month is null and new_customers = 1"
    assert query(settings.warehouse, eve) == [("05",)]


def test_payback_is_last_months_cost_over_what_a_new_customer_leaves(settings: Settings) -> None:
    # February: 80 / ((50 + 30) / 2). May: what is known of the new customers is a loss. June: 648.33 / 64.833.
    payback = kpi(settings, "cac_payback", "")
    assert payback == {"01": None, "02": 2, "03": None, "04": None, "05": None, "06": 10}


def test_payback_from_recurring_revenue_takes_the_margin_of_what_is_new(settings: Settings) -> None:
    # Ann was there when the table began. June: 648.33 / (40 of Ben * 100 / 200).
    assert kpi(settings, "cac_payback", "mrr") == {"04": None, "05": None, "06": 32.4165}
    assert months(settings, "new_mrr, new_mrr_margin")[3:] == [("04", 0, 0), ("05", 0, 0), ("06", 40, 20)]


def test_each_step_has_its_cost(settings: Settings) -> None:
    # Leads: ann and ben, cora and dan, fay, hal. MQLs: ben, fay, hal. SQL and deal: hal's, for 1000.
    assert kpi(settings, "cpl", "") == {"01": 80, "02": 100, "03": None, "04": 310, "05": 500, "06": None}
    assert kpi(settings, "cpl", "", "channel")["04", "social"] == 0
    steps = kpi(settings, "cost_per_stage", "media", "stage")
    assert (steps["01", "mql"], steps["05", "sql"], steps["05", "opportunity"], steps["04", "sql"]) == (
        160,
        500,
        500,
        None,
    )
    assert kpi(settings, "cost_per_stage", "loaded", "stage")["05", "mql"] == 648.33
    assert kpi(settings, "cost_per_stage", "media", "stage+channel")["05", "sql+search"] == 400
    assert kpi(settings, "cost_per_stage", "pipe_to_spend")["05"] == 2


def test_every_cost_has_one_purpose_and_what_nobody_tagged_is_listed(settings: Settings) -> None:
    # May: brand 50 of events; activation 500 media, 100 agency, 20 commissions; backstage 8.33; retention 200.
    mix = months(settings, "purpose, amount, untagged_amount", "kpi_spend_mix", "period = date '2026-05-01'")
    assert mix == [
        ("05", "activation", 620, 400), ("05", "backstage", 8.33, 0), ("05", "brand", 50, 0),
        ("05", "retention", 200, 0),
    ]  # fmt: skip
    shares = kpi(settings, "spend_mix_purpose", "", "purpose")
    # January: 100 of the campaign that is named for awareness, of 160. March: no cost, no share.
    assert (shares["01", "brand"], shares["01", "retention"], shares["03", "brand"]) == (0.625, 0, None)


MUTATIONS = {
    "K1": "delete from marts.dim_customers where became_customer_date = date '2026-05-12'",
    "K2": "update marts.kpi_cac set new_customers = new_customers + 1 where member = 'social' and grain = 'month'",
    "K3": "update marts.kpi_cac set cac_channel_loaded = cac_channel where member = 'social'",
    "K4": "update marts.kpi_cac set cac_fully_loaded = cac_blended_media - 1 where grain = 'quarter'",
    "K5": "delete from marts.kpi_cac_cohort where lead_month is null",
    "S2": "update intermediate.int_media_periods set spend = spend + 1 where member = 'search' and grain = 'year'",
    "S5": "update marts.kpi_cac set allocated_cost = 0 where member = 'search' and new_customers = 0",
    "X4": "update intermediate.int_costs set fx_rate = null, amount = null where pool = 'agency'",
    "constant": "update intermediate.int_spend_days set constant_fx_rate = null where currency = 'EUR'",
    "mix": "update marts.kpi_spend_mix set spend_share = spend_share / 2 where purpose = 'backstage'",
    "purpose": "update intermediate.int_costs set purpose = 'awareness' where pool = 'events'",
    "accrual": "delete from intermediate.int_cost_rows where month = date '2027-03-01'",
    "books": "update marts.fct_costs set amount = amount - 10 where pool = 'salaries'",
}


@pytest.mark.parametrize("identity", IDENTITIES)
def test_an_identity_fails_where_its_input_is_spoilt(house: House, identity: str) -> None:
    check = house.checks[IDENTITIES[identity]]
    assert found(house.settings, check) == []
    assert found(house.settings, check, MUTATIONS[identity])


def test_the_books_are_compared_and_only_warn(house: House) -> None:
    # May in the books is 500 + 378.33, to the cent what is counted; the invoice of search is 10 below its platform.
    outcome = dbt(["test", "--quiet", "--select", BOOKS], house.settings, RULES)
    [warned] = [one for one in outcome.result if one.node.name == BOOKS]
    assert (warned.status, warned.failures) == ("warn", 1)
    assert len(found(house.settings, house.checks[BOOKS], MUTATIONS["books"])) == 2
