"""Hand-worked hand-offs through the real models: first answers, business time, the SLA and what sales decided."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.models.dbt_runs import dbt, key_number
from tests.models.handoff_house import IDENTITIES, RULES, build_house, copy_house

Sql = duckdb.DuckDBPyConnection
PERIODS = ("fiscal_quarter", "fiscal_year", "month", "quarter", "year")


@pytest.fixture(scope="module")
def sql() -> Iterator[Sql]:
    with duckdb.connect(str(build_house().settings.warehouse), read_only=True) as conn:
        yield conn


def cycles(sql: Sql, person: str) -> list[tuple[Any, ...]]:
    """Elapsed and business minutes, when it was due and what came of it, cycle by cycle."""
    query = """
        select elapsed_minutes, business_minutes, strftime(due_at, '%m-%d %H:%M'), sla_status
        from marts.fct_mql_cycles where person_id = ? order by cycle_no
    """
    return sql.execute(query, [key_number(person)]).fetchall()


def lead(sql: Sql, person: str) -> tuple[Any, ...]:
    """Elapsed and business minutes of a lead, answered or not, and whether it had been contacted before."""
    query = """
        select elapsed_minutes, business_minutes, is_answered, is_pre_contacted
        from intermediate.int_response_clocks where clock = 'lead' and person_id = ?
    """
    [row] = sql.execute(query, [key_number(person)]).fetchall()
    return row


class TestBusinessTime:
    def test_of_a_weekend_is_what_lies_on_friday_and_monday(self, sql: Sql) -> None:
        # Elapsed: two days, 16 hours and 20 minutes.
        assert cycles(sql, "weekend") == [(3860, 20, "01-19 08:50", "met")]

    def test_does_not_know_that_the_clock_changed(self, sql: Sql) -> None:
        # Friday 16:30 to Monday 09:15 are 64:45 hours on the wall, an hour less in spring. Due at 09:30 by the wall.
        assert cycles(sql, "spring") == [(3825, 45, "03-30 07:30", "met")]
        # To 09:45 they are 65:15, an hour more in autumn.
        assert cycles(sql, "autumn") == [(3975, 75, "10-27 08:30", "breached")]

    def test_of_the_night_of_the_change_is_what_was_worked(self, sql: Sql) -> None:
        assert cycles(sql, "spring_night") == [(180, 180, "03-28 23:30", "breached")]
        assert cycles(sql, "autumn_night") == [(300, 300, "10-25 22:30", "breached")]

    def test_stands_still_on_holidays(self, sql: Sql) -> None:
        # Four days, 16 hours and 50 minutes.
        assert cycles(sql, "holiday") == [(6770, 50, "04-07 07:30", "met")]

    def test_is_that_of_the_owner(self, sql: Sql) -> None:
        # 16:30 UTC is half past five in Berlin, but half past eleven where Ann works; the lead is hers as well.
        assert cycles(sql, "ann") == [(1250, 50, "02-04 13:30", "met")]
        assert lead(sql, "ann") == (1250, 50, True, False)


class TestFirstAnswer:
    def test_is_no_automatic_reply(self, sql: Sql) -> None:
        assert cycles(sql, "auto_reply") == [(40, 40, "02-09 10:00", "met")]

    def test_may_come_before_the_hand_over(self, sql: Sql) -> None:
        assert lead(sql, "called_before") == (30, 30, True, False)
        assert cycles(sql, "called_before") == [(None, None, "02-11 10:00", "pre_contacted")]

    def test_may_come_before_the_lead(self, sql: Sql) -> None:
        assert lead(sql, "cold_call")[-1] is True

    def test_is_awaited_until_as_of_is_over(self, sql: Sql) -> None:
        # 16:45 to midnight, of which 15 minutes are worked. Due tomorrow.
        assert lead(sql, "not_due") == (435, 15, False, False)
        assert cycles(sql, "not_due") == [(None, None, "07-01 07:15", "pending")]

    def test_that_never_came_is_a_breach_when_it_is_due(self, sql: Sql) -> None:
        assert cycles(sql, "never_answered") == [(None, None, "03-02 10:00", "breached")]

    def test_of_a_second_cycle_is_its_own(self, sql: Sql) -> None:
        assert cycles(sql, "again") == [(30, 30, "03-09 10:00", "met"), (10, 10, "03-23 10:00", "met")]

    def test_after_the_end_of_a_cycle_is_late_for_it_and_early_for_the_next(self, sql: Sql) -> None:
        # A week: seven days elapsed, five days of eight hours worked.
        assert cycles(sql, "between") == [
            (10080, 2400, "04-13 10:00", "breached"),
            (None, None, "04-27 10:00", "pre_contacted"),
        ]

    def test_is_judged_by_the_sla_of_its_day(self, sql: Sql) -> None:
        assert cycles(sql, "stricter") == [(45, 45, "06-02 09:30", "breached")]

    def test_is_read_from_the_crm(self, sql: Sql) -> None:
        # The call after four and a half minutes, not the lead's own e-mail after one.
        assert cycles(sql, "logged") == [(5, 5, "05-04 10:00", "met")]


class TestMart:
    def test_speed_to_lead_by_month(self, sql: Sql) -> None:
        rows = sql.execute("""
            select strftime(period, '%y-%m'), leads, answered_leads, pre_contacted_leads, elapsed_median_minutes,
                elapsed_p90_minutes, business_median_minutes, business_p90_minutes
            from marts.kpi_handoff where grain = 'month' and dimension = '' order by period
        """).fetchall()
        # February: 30, 40, 1250; business 30, 40, 50; cold_call had been called. March: again 30 and, as a cycle, 10,
        # spring_night 180, spring 3825 and one unanswered: 1/5, 2/5, 3/5, 4/5. June: at 45 minutes both are at risk,
        # half is answered; not_due was followed for 15 minutes of work only, so at 45 stricter was alone.
        assert rows == [
            ("25-10", 2, 2, 0, 300, 3975, 75, 300),
            ("25-11", 0, 0, 0, None, None, None, None),
            ("25-12", 0, 0, 0, None, None, None, None),
            ("26-01", 1, 1, 0, 3860, 3860, 20, 20),
            ("26-02", 3, 3, 1, 40, 1250, 40, 50),
            ("26-03", 5, 4, 0, 180, None, 45, None),
            ("26-04", 2, 2, 1, 6770, 10080, 50, 2400),
            ("26-05", 1, 1, 0, 5, 5, 5, 5),
            ("26-06", 2, 1, 0, 45, None, 45, 45),
        ]

    def test_the_sla_by_month(self, sql: Sql) -> None:
        rows = sql.execute("""
            select strftime(period, '%y-%m'), sla_cycles, sla_met, sla_breached, sla_pending, sla_pre_contacted,
                sla_attainment_rate
            from marts.kpi_handoff where grain = 'month' and dimension = '' order by period
        """).fetchall()
        # None of two is zero; a month without a cycle has no rate.
        assert rows == [
            ("25-10", 2, 0, 2, 0, 0, Decimal(0)),
            ("25-11", 0, 0, 0, 0, 0, None),
            ("25-12", 0, 0, 0, 0, 0, None),
            ("26-01", 1, 1, 0, 0, 0, Decimal(1)),
            ("26-02", 4, 2, 0, 0, 2, Decimal(1)),
            ("26-03", 5, 3, 2, 0, 0, Decimal("0.6")),
            ("26-04", 3, 1, 1, 0, 1, Decimal("0.5")),
            ("26-05", 1, 1, 0, 0, 0, Decimal(1)),
            ("26-06", 2, 0, 1, 1, 0, Decimal(0)),
        ]

    def test_of_a_machine_that_assigns_a_lead_is_a_hand_over_and_no_acceptance(self, sql: Sql) -> None:
        # Stages are numbered from lead on: 1 lead, 2 MQL, 3 SAL.
        query = "select event_order from intermediate.int_stage_events where person_id = ? order by event_order"
        assert sql.execute(query, [key_number("auto_reply")]).fetchall() == [(1,), (2,)]

    def test_dispositions_of_the_cycles_that_sales_had_time_for(self, sql: Sql) -> None:
        rows = sql.execute("""
            select variant, numerator, denominator, n, is_mature from intermediate.int_kpi_values_handoff
            where kpi = 'lead_disposition' and grain = 'all' and dimension = '' order by variant
        """).fetchall()
        # 18 cycles, but not_due is younger than 14 days. Accepted: weekend, holiday, again's second. Rejected: autumn
        # for its budget, autumn_night and spring without a reason. Recycled: again and between.
        assert rows == [
            ("accepted", 3, 17, 17, False),
            ("pending", 9, 17, 17, False),
            ("recycled", 2, 17, 17, False),
            ("rejected", 3, 17, 17, False),
            ("rejected_with_reason", 1, 3, 3, False),
        ]

    def test_every_cut_has_all_cycles(self, sql: Sql) -> None:
        rows = sql.execute("""
            select dimension, sum(leads), sum(sla_cycles), sum(cycles)
            from marts.kpi_handoff where grain = 'all' group by dimension order by dimension
        """).fetchall()
        assert [row[1:] for row in rows] == [(16, 18, 18)] * 6

    def test_a_version_of_the_sla_has_its_own_figures(self, sql: Sql) -> None:
        rows = sql.execute("""
            select member, leads, sla_met, sla_breached from marts.kpi_handoff
            where grain = 'all' and dimension = 'rule_version' and member like 'sla%' order by member
        """).fetchall()
        assert rows == [("sla 1", 14, 8, 5), ("sla 2", 2, 0, 1)]

    def test_a_cut_has_quantiles_from_months_on(self, sql: Sql) -> None:
        rows = sql.execute("""
            select distinct grain, numerator, n from intermediate.int_kpi_values_handoff
            where kpi = 'speed_to_lead' and variant = 'elapsed_p90' and dimension = 'owner' and member = 'night'
            order by n, grain, numerator
        """).fetchall()
        # A lead of October, answered after five hours, and one of March after three.
        single = [(grain, minutes, 1) for grain in PERIODS for minutes in (180, 300)]
        assert rows == [*single, ("all", 300, 2)]


def test_each_identity_fails_when_its_sum_does_not_hold(tmp_path: Path) -> None:
    settings, _ = copy_house(tmp_path)
    with duckdb.connect(str(settings.warehouse)) as conn:
        # A recycled cycle is lost, a pending one counts as met too, and somebody closes before he opens.
        conn.execute("""
            update marts.kpi_handoff set recycled = recycled - 1
                where grain = 'month' and dimension = '' and period = date '2026-03-01';
            update marts.kpi_handoff set sla_met = sla_met + 1
                where grain = 'month' and dimension = '' and period = date '2026-06-01';
            update intermediate.int_owner_calendars set closes = '08:00' where owner = '*';
        """)
    outcome = dbt(["test", "--quiet", "--select", *IDENTITIES], settings, RULES)
    failures = {result.node.name: result.failures for result in outcome.result if result.status == "fail"}
    assert failures == dict.fromkeys(IDENTITIES, 1)
