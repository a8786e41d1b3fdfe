"""Hand-worked budget lines through the real models: what was planned, what was paid by which line, what comes."""

import datetime as dt
from typing import Any

import pytest

from orchestration.settings import Settings
from tests.models.budget_rows import BUDGETS
from tests.models.dbt_runs import House, build_checked, found, query
from tests.models.lake_parts import write_lake

AS_OF = dt.date(2026, 6, 10)
MARTS = ["fct_budgets", "kpi_budget_pacing", "kpi_target_attainment", "fct_spend", "fct_costs", "int_subscription_mrr"]
IDENTITIES = {
    "B4": "assert_line_forecasts_add_up_to_the_total",
    "lines": "assert_every_budget_line_can_be_read",
    "conservation": "assert_every_cost_is_in_one_budget_line",
    "X4": "assert_every_amount_has_a_rate",
}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    settings = Settings(data_dir=tmp_path_factory.mktemp("budgets"), as_of=AS_OF, engine="duckdb")
    write_lake(settings.lake, BUDGETS)
    return House(settings, build_checked(settings, MARTS, [*IDENTITIES.values()]))


@pytest.fixture(scope="module")
def settings(house: House) -> Settings:
    return house.settings


def line(settings: Settings, name: str, columns: str, month: str = "2026-06") -> tuple[Any, ...]:
    [row] = query(
        settings.warehouse,
        f"select {columns} from marts.kpi_budget_pacing where line = '{name}' "
        f"and strftime(period_start, '%Y-%m') = '{month}'",
    )
    return row


PACING = "planned_to_date, actual_to_date, remaining, pacing_index, required_daily_spend, forecast_eop, forecast_basis"


def test_an_even_line_is_planned_and_expected_day_by_day(settings: Settings) -> None:
    # 900 * 10 / 30; 450 / 10 * 30; 450 left for 20 days. The 999 of 11 June have not happened yet.
    assert line(settings, "Search", PACING) == (300, 450, 450, 1.5, 22.5, 1350, "even")


def test_a_scheduled_line_is_not_run_rated(settings: Settings) -> None:
    # Planned by the newest export: 400 on the 5th, 600 to come. Run-rated it would be 380 * 3 = 1140.
    assert line(settings, "Fair", PACING) == (400, 380, 620, 0.95, 31, 980, "scheduled")


def test_a_plan_of_zero_has_no_index_and_its_spend_is_overspend(settings: Settings) -> None:
    assert line(settings, "Nothing", PACING) == (0, 15, -15, None, 0, 45, "even")
    assert line(settings, "Nothing", "variance_to_date, overspend") == (15, 15)


def test_eight_weeks_of_history_weigh_the_weekdays(settings: Settings) -> None:
    # Mondays 70, other days 10: 220 so far; 3 Mondays and 17 other days to come: 210 + 170. Plain pace: 660.
    assert line(settings, "Podcast", PACING) == (166.666667, 220, 280, 1.32, 14, 600, "weekday")
    # The same spend a day shorter.
    assert line(settings, "Sponsor", "actual_to_date, forecast_eop, forecast_basis") == (220, 660, "even")


def test_a_plan_restated_within_its_period_shows_both(settings: Settings) -> None:
    versions = query(
        settings.warehouse,
        "select version_no, budget_version, status, amount, cast(replaced_on as string) from marts.fct_budgets "
        "where line = 'Social'",
    )
    assert versions == [
        (1, "wish", "draft", 7000, None),
        (2, "plan", "replaced", 300, "2026-06-05"),
        (3, "June forecast", "in_force", 600, None),
        (4, "hope", "not_yet", 5000, None),
    ]
    # 600 * 10 / 30 planned, 700 spent: 100 above the whole budget.
    assert line(settings, "Social", "planned_to_date, pacing_index, overspend") == (200, 3.5, 100)


def test_what_two_lines_could_pay_is_paid_by_the_more_specific_one(settings: Settings) -> None:
    # Brand search names channel and purpose, Search the channel, Anything neither.
    paid = query(
        settings.warehouse,
        "select line, channel, purpose, sum(amount) from intermediate.int_budget_spend where day between "
        "date '2026-06-01' and date '2026-06-10' and line in ('Brand search', 'Search', 'Anything') group by all",
    )
    assert paid == [
        ("Anything", "radio", "activation", 50),
        ("Brand search", "paid_search", "brand", 20),
        ("Search", "paid_search", "activation", 450),
    ]


def test_what_no_line_pays_is_unbudgeted(settings: Settings) -> None:
    # In June 300 of salaries and 30 of an agency, 10 of 30 days are over. In March 31 of radio and 100 of salaries.
    assert line(settings, "(unbudgeted)", PACING) == (0, 110, -110, None, 0, 330, "even")
    assert line(settings, "(unbudgeted)", "actual_to_date, forecast_basis", "2026-03") == (131, "actual")


def test_what_is_committed_stands_beside_what_is_spent(settings: Settings) -> None:
    # 999 are booked for 11 June; two thirds of a month's 90 and of its 330; July's half of the agency's bill.
    assert line(settings, "Search", "actual_to_date, committed") == (450, 999)
    assert line(settings, "Licences", "actual_to_date, committed") == (30, 60)
    assert line(settings, "(unbudgeted)", "actual_to_date, committed") == (110, 220)
    assert line(settings, "(unbudgeted)", "actual_to_date, committed, forecast_eop", "2026-07") == (0, 30, 0)
    assert line(settings, "(unbudgeted)", "committed", "2026-03") == (0,)


def test_a_monthly_cost_is_not_run_rated_and_a_plan_keeps_the_rate_of_its_approval(settings: Settings) -> None:
    # 100 EUR at 1.10, not at 1.30; 90 of tools is what June costs, of which a third is over.
    assert line(settings, "Licences", PACING) == (36.666667, 30, 80, 0.81818181, 4, 90, "even")


def test_two_days_tell_nothing(settings: Settings) -> None:
    # Second of ten days: 40 spent of 300. On the pace so far it would be 200.
    assert line(settings, "Summer", PACING) == (60, 40, 260, 0.66666667, 32.5, 300, "plan")
    assert line(settings, "July", PACING, "2026-07") == (0, 0, 310, None, 10, 310, "plan")


def test_the_month_is_the_sum_of_its_lines(settings: Settings) -> None:
    # Budgets of June: 900 + 60 + 300 + 1000 + 0 + 500 + 200 + 600 + 110 + 300, and nothing unbudgeted.
    # Forecasts: 1350 + 60 + 150 + 980 + 45 + 600 + 660 + 2100 + 90 + 300 + 330.
    assert query(
        settings.warehouse,
        "select budget, actual_to_date, forecast from intermediate.int_budget_periods "
        "where grain = 'month' and period = date '2026-06-01' and dimension = ''",
    ) == [(3970, 2235, 6665)]
    assert query(
        settings.warehouse,
        "select kpi, numerator, value from marts.kpi_values where kpi in ('forecast_eop', 'budget_pacing') "
        "and grain = 'month' and period = date '2026-06-01' and member in ('', 'Search')",
    ) == [
        ("budget_pacing", 450, 1.5),
        # 2235 / (300 + 20 + 100 + 400 + 0 + 166.67 + 66.67 + 200 + 36.67 + 60), in millionths 1350.000001
        ("budget_pacing", 2235, 1.65555555),
        ("forecast_eop", 1350, 1350),
        ("forecast_eop", 6665, 6665),
    ]


def test_a_target_is_due_by_the_day_where_days_add_up(settings: Settings) -> None:
    targets = query(
        settings.warehouse,
        "select kpi, strftime(period_start, '%m'), actual, target_to_date, attainment, is_on_target, "
        "not_measured_because from marts.kpi_target_attainment where member = '' and kpi <> 'spend'",
    )
    assert targets == [
        ("cac", "06", None, 45, None, None, "unknown_kpi"),
        ("leads", "07", None, 0, None, None, "not_begun"),
        # May is over: three deals of four.
        ("opportunities", "05", 3, 4, 0.75, False, None),
        # One won of one closed, against all of the rate.
        ("win_rate", "06", 1, 0.5, 2, True, None),
        # 161 of 365 days of 200; 10 of 30 days of 1000.
        ("won", "01", 300, 88.21917808, 3.40062112, True, None),
        ("won", "06", 300, 333.33333333, 0.9, False, None),
    ]
    assert query(
        settings.warehouse,
        "select member, actual, target_to_date, is_on_target, not_measured_because from marts.kpi_target_attainment "
        "where kpi = 'spend'",
    ) == [("", None, 0.44444444, None, "no_calendar_period"), ("radio", 50, 30, None, None)]


def test_a_target_of_a_kpi_without_a_total_means_its_usual_cut(settings: Settings) -> None:
    # MQL to SQL of a quarter without any MQL: published, but without a value.
    assert query(
        settings.warehouse,
        "select variant, member, not_measured_because from marts.kpi_target_attainment "
        "where kpi = 'stage_conversion_rate'",
    ) == [("cohort_person", "mql>sql", "no_value")]


def test_open_pipeline_covers_what_is_left_of_the_target(settings: Settings) -> None:
    # June: 1050 due of a target of 1000 of which 300 are won. The year's 200 are won: nothing left to cover.
    assert query(
        settings.warehouse,
        "select grain, numerator, value from marts.kpi_values where kpi = 'open_pipeline' and variant = 'coverage'",
    ) == [("fiscal_year", 5050, None), ("month", 1050, 1.5), ("year", 5050, None)]


SPOILT = {
    "B4": "update marts.kpi_values set numerator = numerator + 0.02 where kpi = 'forecast_eop' and dimension = ''",
    "B4, remaining": "update marts.kpi_budget_pacing set remaining = remaining + 1 where line = 'Search'",
    "lines": "delete from intermediate.int_budget_schedule where day = date '2026-06-20'",
    "lines, twice": "insert into marts.fct_budgets by name select * replace (date '2026-06-29' as period_end) "
    "from marts.fct_budgets where line = 'Search'",
    "lines, unknown": "insert into intermediate.int_budget_schedule by name select 'Fare' as line, day, "
    "amount_in_currency from intermediate.int_budget_schedule",
    "lines, pool": "update marts.fct_budgets set pool = 'medai' where line = 'Anything'",
    "conservation": "delete from intermediate.int_budget_spend where line = 'Brand search'",
    "X4": "update intermediate.int_budgets set fx_rate = null, amount = null where line = 'Licences'",
}


@pytest.mark.parametrize("identity", IDENTITIES)
def test_an_identity_fails_where_its_input_is_spoilt(house: House, identity: str) -> None:
    assert found(house.settings, house.checks[IDENTITIES[identity]]) == []
    assert found_by(house, identity)


def found_by(house: House, identity: str) -> list[tuple[Any, ...]]:
    """Rows of an identity once all that it should notice is wrong."""
    spoilt = [statement for name, statement in SPOILT.items() if name.split(",")[0] == identity]
    return found(house.settings, house.checks[IDENTITIES[identity]], *spoilt)


def test_a_line_that_cannot_be_read_says_why(house: House) -> None:
    assert {(row[0], row[-1]) for row in found_by(house, "lines")} == {
        ("Fair", "schedule_does_not_sum_to_amount"),
        ("Search", "overlaps_itself"),
        ("Fare", "schedule_without_line"),
        ("Anything", "unknown_pool"),
    }


def test_the_total_and_the_line_are_both_held_to_account(house: House) -> None:
    named = {(str(row[0]), row[1]) for row in found_by(house, "B4")}
    assert {("2026-06-01", "month"), ("Search 2026-06-01", "budget")} <= named
