"""Conversion over time: by hand, and against statsmodels over some thousand cycles through the real models."""

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np
import pytest
from statsmodels.duration.survfunc import SurvfuncRight

from orchestration.rules import Rules
from orchestration.settings import Settings
from tests.models.dbt_runs import dbt, query
from tests.models.lake_parts import write_lake
from tests.models.velocity_rows import AS_OF, Sql, curve, followed, incidence, same_errors, write_upstream

MODELS = [
    "int_stages", "int_stage_pairs", "int_rule_versions", "int_periods",
    "int_person_stages", "int_journeys", "int_funnel_days", "int_funnel_counts",
    "int_conversion_days", "int_conversion_counts",
    "int_conversion_times", "int_conversion_months", "int_conversion_curves",
    "int_conversion_estimates", "int_conversion_medians",
    "int_kpi_values_velocity", "kpi_funnel", "kpi_mql_to_sql", "kpi_conversion_curve", "kpi_velocity",
    "dim_rule_versions",
]  # fmt: skip
IDENTITIES = [
    "assert_converted_left_and_open_make_one",
    "assert_an_estimate_of_a_known_outcome_is_the_plain_rate",
    "assert_an_estimate_is_null_only_where_nothing_is_known",
]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = Settings(data_dir=tmp_path_factory.mktemp("velocity"), as_of=AS_OF, engine="duckdb")
    write_lake(settings.lake, {})
    settings.warehouse.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(settings.warehouse)) as conn:
        write_upstream(conn)
    command = ["build", "--quiet", "--exclude-resource-type", "unit_test", "--indirect-selection", "cautious"]
    outcome = dbt([*command, "--select", *MODELS], settings, Rules())
    assert outcome.success, [(one.node.name, one.message) for one in outcome.result if one.status in ("error", "fail")]
    return settings


@pytest.fixture(scope="module")
def sql(built: Settings) -> Iterator[Sql]:
    with duckdb.connect(str(built.warehouse), read_only=True) as conn:
        yield conn


def month(start: str) -> str:
    """The total of a month."""
    return f"period = '{start}' and grain = 'month' and dimension = ''"


COHORTS = {
    "all": ("true", "grain = 'all' and dimension = ''"),
    "a young month": ("opened_at >= '2026-05-01' and opened_at < '2026-06-01'", month("2026-05-01")),
    "a channel of a quarter": (
        "channel = 'email' and opened_at >= '2026-01-01' and opened_at < '2026-04-01'",
        "period = '2026-01-01' and grain = 'quarter' and member = 'email'",
    ),
}


class TestAgainstStatsmodels:
    @pytest.mark.parametrize(("cycles", "cohort"), COHORTS.values(), ids=COHORTS)
    def test_incidence_of_cycles_and_its_standard_error(self, sql: Sql, cycles: str, cohort: str) -> None:
        ours, theirs = curve(sql, "cycle", cohort), incidence(*followed(sql, cycles))
        assert len(theirs.times) > 25
        np.testing.assert_array_equal(ours["elapsed"], theirs.times)
        np.testing.assert_allclose(ours["incidence"], theirs.cinc[0], rtol=0, atol=1e-9)
        np.testing.assert_allclose(ours["exit_incidence"], theirs.cinc[1], rtol=0, atol=1e-9)
        same_errors(ours["variance"], theirs.cinc_se[0])

    @pytest.mark.parametrize(("cycles", "cohort"), COHORTS.values(), ids=COHORTS)
    def test_half_of_the_cohort_and_half_of_those_within_the_window(self, sql: Sql, cycles: str, cohort: str) -> None:
        theirs = incidence(*followed(sql, cycles))
        converted, window = theirs.cinc[0], theirs.times <= 90
        # Nobody of May has been followed for 90 days yet.
        known = theirs.times[-1] >= 90
        halfway = int(theirs.times[converted >= converted[window][-1] / 2][0]) if known else None
        half = int(theirs.times[converted >= 0.5][0])
        medians = f"select velocity_days, p50_all_days from marts.kpi_velocity where {cohort} and basis = 'cycle'"
        assert sql.execute(medians).fetchall() == [(halfway, half)]

    def test_persons_come_back_and_so_never_leave(self, sql: Sql) -> None:
        days, outcomes = followed(sql, "true", "closed_at + interval 20 day")
        theirs = SurvfuncRight(days, np.minimum(outcomes, 1))
        ours = curve(sql, "person", "grain = 'all' and dimension = ''")
        events = np.isin(ours["elapsed"], theirs.surv_times)
        np.testing.assert_allclose(1 - ours["incidence"][events], theirs.surv_prob, rtol=0, atol=1e-9)
        same_errors(ours["variance"][events], theirs.surv_prob_se)
        median = (
            "select p50_all_days from marts.kpi_velocity where grain = 'all' and dimension = '' and basis = 'person'"
        )
        assert sql.execute(f"{median} and stage_pair = 'mql>sql'").fetchall() == [(theirs.quantile(0.5),)]


class TestByHand:
    def test_six_cycles(self, built: Settings) -> None:
        rows = query(built.warehouse, """
            select day, at_risk, converted, left_otherwise, censored, incidence, exit_incidence, survival, km_incidence
            from marts.kpi_conversion_curve
            where basis = 'cycle' and grain = 'month' and member = 'by_hand' and day in (0, 2, 3, 5, 7, 9, 29, 30)
        """)  # fmt: skip
        # Day 2: one of six converts (exactly 48 hours). Day 3: of five one converts (a second more), one is rejected:
        # I = 1/6 + 5/6 * 1/5 = 1/3, exits 5/6 * 1/5 = 1/6, S = 5/6 * 3/5 = 1/2; Kaplan-Meier 5/6 * 4/5 = 2/3.
        # Day 5: the one opened on the 25th is followed no further. Day 7: of two one is recycled (after 6.5 days):
        # exits 1/6 + 1/2 * 1/2 = 5/12, S = 1/4. Day 9: the last one converts: I = 1/3 + 1/4 = 7/12, S = 0.
        # On 30 June 29 whole days of the oldest are over: of day 30 nothing is known.
        assert rows == [
            (0, 6, 0, 0, 0, 0, 0, 1, 0),
            (2, 6, 1, 0, 0, 0.16666667, 0, 0.83333333, 0.16666667),
            (3, 5, 1, 1, 0, 0.33333333, 0.16666667, 0.5, 0.33333333),
            (5, 3, 0, 0, 1, 0.33333333, 0.16666667, 0.5, 0.33333333),
            (7, 2, 0, 1, 0, 0.33333333, 0.41666667, 0.25, 0.33333333),
            (9, 1, 1, 0, 0, 0.58333333, 0.41666667, 0, 1),
            (29, 0, 0, 0, 0, 0.58333333, 0.41666667, 0, 1),
            (30, 0, 0, 0, 0, None, None, None, None),
        ]

    def test_a_tie_is_reached(self, sql: Sql) -> None:
        # Of ten, four convert on day 1 and four on day 5: half of the eight by day 1, half of the ten by day 5.
        rows = sql.execute("""
            select velocity_days, p50_all_days, observed_days, converted from marts.kpi_velocity
            where member = 'tied' and basis = 'cycle' and grain = 'month'
        """).fetchall()
        assert rows == [(1, 5, 1, 8)]

    def test_three_conversions_have_no_median(self, sql: Sql) -> None:
        rows = sql.execute("""
            select variant, numerator, denominator, n from intermediate.int_kpi_values_velocity
            where kpi = 'velocity_days' and member = 'mql>sql+by_hand' and grain = 'month' order by variant
        """).fetchall()
        assert rows == [("", None, None, 3), ("observed", None, None, 3), ("p50_all", None, None, 3)]


class TestKpis:
    def test_every_cycle_is_in_a_month(self, sql: Sql) -> None:
        # The calendar begins on 20 July 2025, with the first cycle.
        rows = sql.execute("""
            select strftime(period, '%m'), cohort_size from marts.kpi_conversion_curve
            where basis = 'cycle' and grain = 'month' and dimension = '' and day = 90 order by period
        """).fetchall()
        assert rows[:2] == [("07", 1), ("08", 0)]
        assert sql.execute("select count(*) from intermediate.cycles").fetchall() == [(sum(size for _, size in rows),)]

    def test_an_estimate_is_a_part_of_its_cohort(self, built: Settings) -> None:
        rows = query(built.warehouse, """
            select strftime(period, '%m'), variant, round(numerator / nullif(denominator, 0), 8) as value, n, is_mature
            from intermediate.int_kpi_values_velocity
            where kpi = 'cif_conversion' and dimension = '' and period in ('2025-08-01', '2026-04-01', '2026-06-01')
                and grain = 'month' and variant in ('day_30', 'day_90')
        """)  # fmt: skip
        estimates = dict(query(built.warehouse, """
            select strftime(period, '%m') || day, incidence from marts.kpi_conversion_curve
            where basis = 'cycle' and dimension = '' and grain = 'month' and day in (30, 90)
        """))  # fmt: skip
        # Nobody in August; the oldest of June opened on the 1st, before midday: 30 days are not over.
        assert rows == [
            ("04", "day_30", estimates["0430"], 399, True),
            ("04", "day_90", estimates["0490"], 399, False),
            ("06", "day_30", estimates["0630"], 390, False),
            ("06", "day_90", None, 390, False),
            ("08", "day_30", None, 0, True),
            ("08", "day_90", None, 0, True),
        ]

    def test_the_headline_of_a_young_cohort_is_never_the_plain_rate(self, sql: Sql) -> None:
        rows = sql.execute("""
            select strftime(period, '%m'), headline_basis, headline_rate = conversion_rate,
                headline_rate = adjusted_conversion_rate, headline_lower < headline_rate, headline_rate < headline_upper
            from marts.kpi_mql_to_sql
            where grain = 'month' and dimension = '' and period >= '2026-03-01' order by period
        """).fetchall()
        # 31 March + 90 days = 29 June is over. Of April the first days have been followed for 90, of May none.
        assert rows == [
            ("03", "mature cohort", True, True, True, True),
            ("04", "cif", False, True, True, True),
            ("05", "none", None, None, None, None),
            ("06", "none", None, None, None, None),
        ]

    def test_the_interval_of_a_known_outcome_is_wilsons(self, sql: Sql) -> None:
        rows = sql.execute("""
            select rates.conversion_rate_lower = curves.incidence_lower,
                rates.conversion_rate_upper = curves.incidence_upper
            from marts.kpi_mql_to_sql as rates
            inner join marts.kpi_conversion_curve as curves
                on rates.grain = curves.grain and rates.period = curves.period
                and rates.dimension = curves.dimension and rates.member = curves.member
            where curves.basis = 'person' and curves.day = 90 and rates.grain = 'month' and rates.is_mature
                and rates.cohort_mqls > 0
        """).fetchall()
        assert len(rows) > 20
        assert set(rows) == {(True, True)}


def test_a_new_version_of_a_rule_splits_its_series(sql: Sql) -> None:
    # The second version of the MQL rule begins on 15 February.
    breaks = "select rule_version, valid_from, is_series_break from marts.dim_rule_versions where rule = 'mql'"
    assert sql.execute(f"{breaks} order by version_no").fetchall() == [
        ("mql 1", dt.date(1900, 1, 1), False), ("mql 2", dt.date(2026, 2, 15), True),
    ]  # fmt: skip
    for mart, figures, more in (
        ("kpi_funnel", "mqls, mql_cycles", ""),
        ("kpi_mql_to_sql", "cohort_mqls, converted_mqls, converted_cycles", ""),
        ("kpi_conversion_curve", "cohort_size, cohort_size", "and basis = 'cycle' and day = 90"),
        ("kpi_velocity", "cohort_size, converted", "and basis = 'cycle'"),
    ):
        february = f"from marts.{mart} where grain = 'month' and period = '2026-02-01' {more} and"
        [total] = sql.execute(f"select {figures} {february} dimension = ''").fetchall()
        members = sql.execute(
            f"select {figures} {february} dimension = 'rule_version' and member like 'mql %'"
        ).fetchall()
        assert len(members) == 2, mart
        assert [sum(figure) for figure in zip(*members, strict=True)] == list(total), mart


def test_each_identity_fails_where_it_does_not_hold(built: Settings, tmp_path: Path) -> None:
    broken = built.model_copy(update={"data_dir": tmp_path})
    shutil.copytree(built.lake, broken.lake)
    broken.warehouse.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(built.warehouse, broken.warehouse)
    total = "basis = 'cycle' and grain = 'month' and dimension = '' and"
    with duckdb.connect(str(broken.warehouse)) as conn:
        # Somebody who left counts twice; a curve falls from day 40 to 41; one lies above 1 - Kaplan-Meier.
        # One more converts than has an estimate; a cohort has none. A value is missing; one leaves its interval.
        conn.execute(f"""
            update intermediate.int_conversion_curves set exit_incidence = exit_incidence + 0.000001
            where {total} period = '2025-09-01' and elapsed = 10;
            update intermediate.int_conversion_curves set incidence = incidence - 0.1, survival = survival + 0.1
            where {total} period = '2025-10-01' and elapsed = 41;
            update intermediate.int_conversion_curves set km_incidence = incidence - 0.000001
            where {total} period = '2025-11-01' and elapsed = 10;
            update intermediate.int_conversion_counts set converted = converted + 1
            where variant = 'cohort_person' and stage_pair = 'mql>sql' and grain = 'month' and member = 'email'
                and period = '2026-01-01';
            delete from intermediate.int_conversion_estimates
            where {total} period = '2026-06-01' and stage_pair = 'mql>sql' and day = 90;
            update marts.kpi_conversion_curve set incidence = null where {total} period = '2026-01-01' and day = 30;
            update marts.kpi_conversion_curve set incidence = incidence_upper + 0.00000001
            where {total} period = '2026-02-01' and day = 30;
        """)
    outcome = dbt(["test", "--quiet", "--select", *IDENTITIES], broken, Rules())
    failures = {one.node.name: one.failures for one in outcome.result if one.node.resource_type == "test"}
    assert failures == dict(zip(IDENTITIES, (3, 2, 2), strict=True))
