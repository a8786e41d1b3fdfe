"""Hand-worked people through the real models: who is one person, which stages they reached, what counts."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.rules import Rules
from orchestration.settings import Settings
from tests.models.dbt_runs import dbt, key_number
from tests.models.lake_parts import write_lake
from tests.models.people_rows import PEOPLE, Rows

MODELS = [
    "+bridge_person_records",
    "+dim_persons",
    "+fct_stage_events",
    "+kpi_funnel",
    "+kpi_identity",
    "+kpi_mql_to_sql",
    "+int_kpi_values_funnel",
    "+int_touches",
]
PIPELINE = ["+kpi_pipeline", "+int_kpi_values_pipeline"]
FUNNEL_IDENTITIES = [
    "assert_an_estimate_of_a_known_outcome_is_the_plain_rate",
    "assert_conversions_are_part_of_their_cohort",
    "assert_converted_left_and_open_make_one",
    "assert_cycles_are_first_cycles_and_re_mqls",
    "assert_deals_are_open_won_or_lost",
    "assert_each_person_counts_once_per_stage",
    "assert_every_record_is_a_person_or_has_a_reason",
    "assert_every_stage_is_mapped",
    "assert_no_person_lies_outside_the_calendar",
    "assert_person_resolution_converged",
    "assert_stages_are_reached_in_order",
    "assert_the_funnel_never_widens",
]
Sql = duckdb.DuckDBPyConnection
BERLIN = Rules(reporting_timezone="Europe/Berlin")


def build(data: Path, rows: Rows, *models: str, rules: Rules = BERLIN) -> tuple[Any, Settings]:
    """The people's half of the project, or some models of it, over a small lake, in Berlin."""
    settings = Settings(data_dir=data, as_of=dt.date(2026, 6, 30), engine="duckdb")
    write_lake(settings.lake, rows)
    selected = models or (*MODELS, *FUNNEL_IDENTITIES)
    command = ["build", "--quiet", "--indirect-selection", "empty", "--select", *selected]
    return dbt(command, settings, rules), settings


@pytest.fixture(scope="module")
def sql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sql]:
    outcome, settings = build(tmp_path_factory.mktemp("people"), PEOPLE)
    assert outcome.success, [result.message for result in outcome.result if result.status in ("error", "fail")]
    with duckdb.connect(str(settings.warehouse), read_only=True) as conn:
        yield conn


def person_of(sql: Sql, record: str) -> int | None:
    [(person,)] = sql.execute(
        "select person_id from intermediate.int_person_records where record_key = ?", [record]
    ).fetchall()
    return None if person is None else int(person)


def dates(sql: Sql, record: str) -> tuple[Any, ...]:
    """Lead, MQL, SAL and SQL dates of a person, month and day."""
    query = "select lead_date, mql_date, sal_date, sql_date from marts.dim_persons where person_id = ?"
    [row] = sql.execute(query, [person_of(sql, record)]).fetchall()
    return tuple(None if day is None else f"{day:%m-%d}" for day in row)


def cycles(sql: Sql, record: str) -> list[tuple[Any, ...]]:
    query = """
        select strftime(opened_date, '%m-%d'), closer, sql_at is not null, is_inferred, repeated_mql_stamps
        from intermediate.int_mql_cycles where person_id = ? order by cycle_no
    """
    return sql.execute(query, [person_of(sql, record)]).fetchall()


class TestOnePerson:
    def test_is_a_chain_of_merged_records(self, sql: Sql) -> None:
        records = ("chain_a", "chain_b", "chain_c")
        assert {person_of(sql, record) for record in records} == {min(map(key_number, records))}
        assert dates(sql, "chain_c") == ("01-03", "01-15", None, None)

    def test_is_two_as_long_as_the_merge_lies_ahead(self, sql: Sql) -> None:
        assert person_of(sql, "later_a") != person_of(sql, "later_b")

    def test_is_lead_contact_and_every_merged_contact(self, sql: Sql) -> None:
        records = ("hs_conv", "hs_gone", "lead_conv", "con_conv")
        assert {person_of(sql, record) for record in records} == {min(map(key_number, records))}
        query = "select key_no from intermediate.int_person_keys where person_id = ?"
        keys = sql.execute(query, [person_of(sql, "con_conv")]).fetchall()
        assert {key for (key,) in keys} == {*map(key_number, (*records, "hs_never_seen", "e_conv", "e_private"))}

    def test_keeps_the_source_of_the_earliest_record_that_knows_one(self, sql: Sql) -> None:
        # hs_gone (30 Jan) knows none, hs_conv (3 Feb) Paid Search, lead_conv (5 Feb) Web.
        query = "select source_channel from marts.dim_persons where person_id = ?"
        assert sql.execute(query, [person_of(sql, "con_conv")]).fetchall() == [("paid_search",)]

    def test_belongs_to_the_account_that_was_kept(self, sql: Sql) -> None:
        query = """
            select customer_id from marts.dim_persons where person_id = ?
            union select customer_id from intermediate.int_opportunities where opportunity_id = 'salesforce:006A'
        """
        customers = sql.execute(query, [person_of(sql, "con_conv")]).fetchall()
        assert customers == [("acc_kept",)]

    def test_counts_after_it_was_erased(self, sql: Sql) -> None:
        assert person_of(sql, "erased") == person_of(sql, "hs_erased") is not None
        assert dates(sql, "erased") == ("01-06", "01-08", None, None)

    def test_does_not_count_as_spam_or_test(self, sql: Sql) -> None:
        query = "select record_key, exclusion_reason from intermediate.int_person_records where person_id is null"
        assert dict(sql.execute(query).fetchall()) == {
            "spam": "spam", "hs_spam": "spam", "tester": "test", "not_yet": "not_yet_created",
        }  # fmt: skip

    def test_was_no_lead_when_it_bought_before_it_asked(self, sql: Sql) -> None:
        query = "select exclusion_reason, mql_date from marts.dim_persons where person_id = ?"
        assert sql.execute(query, [key_number("customer")]).fetchall() == [("existing_customer", None)]

    def test_may_be_known_by_its_stages_only(self, sql: Sql) -> None:
        assert dates(sql, "unlisted") == ("05-05", "05-05", None, None)


class TestReached:
    def test_a_skipped_stage_has_the_date_of_the_later_one(self, sql: Sql) -> None:
        assert dates(sql, "skipped") == ("02-01", "02-20", "02-20", "02-20")

    def test_a_late_stamp_does_not_move_the_stage_behind_its_successor(self, sql: Sql) -> None:
        assert dates(sql, "out_of_order") == ("02-02", "02-10", "02-10", "02-10")

    def test_the_day_is_the_day_in_the_reporting_timezone(self, sql: Sql) -> None:
        # 31 March 23:30 UTC and 1 April 22:30 UTC are 1 and 2 April in Berlin.
        assert dates(sql, "at_midnight") == ("04-01", "04-02", None, None)

    def test_what_comes_after_as_of_has_not_happened(self, sql: Sql) -> None:
        assert dates(sql, "last_moment") == ("06-30", "06-30", None, None)

    def test_a_conversion_has_the_day_that_salesforce_prints(self, sql: Sql) -> None:
        assert dates(sql, "lead_conv") == ("01-30", "02-05", "02-16", "02-16")

    def test_statuses_of_successive_exports_are_history(self, sql: Sql) -> None:
        # Accepted in January, recycled in February, accepted again in April; May says nothing new.
        assert dates(sql, "lead_again") == ("01-04", "01-14", "01-14", None)
        assert cycles(sql, "lead_again") == [("01-14", "recycled", False, True, 0), ("04-14", None, False, True, 0)]


class TestCycles:
    def test_a_recycled_mql_is_one_mql_and_two_cycles(self, sql: Sql) -> None:
        assert dates(sql, "recycled") == ("01-02", "01-10", "03-11", "03-11")
        assert cycles(sql, "recycled") == [("01-10", "recycled", False, False, 0), ("03-01", None, True, False, 0)]

    def test_a_second_stamp_in_an_open_cycle_is_counted_and_ignored(self, sql: Sql) -> None:
        assert cycles(sql, "stamped_twice") == [("01-12", None, False, False, 1)]

    def test_a_deal_in_two_systems_is_won_once(self, sql: Sql) -> None:
        assert cycles(sql, "hs_conv") == [("02-05", "won", True, False, 0)]


class TestMarts:
    def test_the_funnel_by_month(self, sql: Sql) -> None:
        rows = sql.execute("""
            select strftime(period, '%y-%m'), leads, mqls, sals, sqls, mql_cycles, re_mqls, opportunities, won_deals
            from marts.kpi_funnel where grain = 'month' and dimension = '' order by period
        """).fetchall()
        # January leads: recycled, stamped_twice, chain, erased, converted, lead_again; all but converted are MQLs then.
        # February MQLs: skipped, out_of_order, converted. Deals: 006A (won in March) and 006C; 006B is an expansion.
        assert rows == [
            ("25-11", 2, 2, 1, 0, 2, 0, 0, 0),
            ("25-12", 0, 0, 0, 0, 0, 0, 0, 0),
            ("26-01", 6, 5, 1, 0, 5, 0, 0, 0),
            ("26-02", 2, 3, 4, 5, 3, 0, 1, 0),
            ("26-03", 0, 0, 1, 1, 1, 1, 1, 1),
            ("26-04", 3, 1, 0, 0, 2, 1, 0, 0),
            ("26-05", 1, 1, 0, 0, 1, 0, 0, 0),
            ("26-06", 1, 1, 0, 0, 1, 0, 0, 0),
        ]

    def test_mql_to_sql_by_month(self, sql: Sql) -> None:
        rows = sql.execute("""
            select strftime(period, '%y-%m'), cohort_mqls, converted_mqls, conversion_rate,
                cohort_cycles, converted_cycles, is_mature, throughput_ratio
            from marts.kpi_mql_to_sql where grain = 'month' and dimension = '' order by period
        """).fetchall()
        # November: on_the_edge converts on its 90th day, past_the_edge a second later. January: of five, recycled does,
        # after 60 days, but in its second cycle. March + 90 days = 29 June is over by as_of, April + 90 days is not.
        assert rows == [
            ("25-11", 2, 1, Decimal("0.5"), 2, 1, True, Decimal(0)),
            ("25-12", 0, 0, None, 0, 0, True, None),
            ("26-01", 5, 1, Decimal("0.2"), 5, 0, True, Decimal(0)),
            ("26-02", 3, 3, Decimal(1), 3, 3, True, Decimal("1.66666667")),
            ("26-03", 0, 0, None, 1, 1, True, None),
            ("26-04", 1, 0, Decimal(0), 2, 0, False, Decimal(0)),
            ("26-05", 1, 0, Decimal(0), 1, 0, False, Decimal(0)),
            ("26-06", 1, 0, Decimal(0), 1, 0, False, Decimal(0)),
        ]

    def test_the_strict_funnel_wants_every_stamp(self, sql: Sql) -> None:
        rows = sql.execute("""
            select member, numerator, denominator from intermediate.int_kpi_values_funnel
            where kpi = 'stage_conversion_rate' and variant = 'strict' and grain = 'all' and dimension = 'stage_pair'
                and member in ('lead>mql', 'mql>sal', 'mql>sql') order by member
        """).fetchall()
        # 15 leads. All but skipped, lead_again, later_a and later_b have an MQL stamp in order and within the window.
        # Of those eleven on_the_edge alone has a SAL and then an SQL stamp.
        assert rows == [("lead>mql", 11, 15), ("mql>sal", 1, 11), ("mql>sql", 1, 11)]

    def test_a_response_is_a_touch_on_its_day(self, sql: Sql) -> None:
        rows = sql.execute("select person_id, touch_date, channel from intermediate.int_touches").fetchall()
        assert rows == [(person_of(sql, "con_conv"), dt.date(2026, 2, 10), "email")]

    def test_the_published_events_name_nobody(self, sql: Sql) -> None:
        columns = {name for name, *_ in sql.execute("describe marts.fct_stage_events").fetchall()}
        assert columns == {
            "stage_event_id", "person_id", "stage", "entered_date", "evidence", "source", "owner", "rule_version",
            "cycle_no", "is_repeat", "is_counted", "has_reason",
        }  # fmt: skip


def test_a_status_that_nobody_mapped_holds_the_run(tmp_path: Path) -> None:
    lead = {"lead_key": "l", "created_at": "2026-01-01", "updated_at": "2026-01-01", "status": "Warteschlange"}
    outcome, _ = build(tmp_path, {"salesforce/leads": [lead]}, "+assert_every_stage_is_mapped")
    failed = [result.node.name for result in outcome.result if result.status == "fail"]
    assert failed == ["assert_every_stage_is_mapped"]


def test_an_empty_house_has_an_empty_funnel(tmp_path: Path) -> None:
    outcome, settings = build(tmp_path, {}, *MODELS, *FUNNEL_IDENTITIES, *PIPELINE)
    assert outcome.success
    with duckdb.connect(str(settings.warehouse), read_only=True) as conn:
        rows = conn.execute("select leads, mqls from marts.kpi_funnel where grain = 'all'").fetchall()
        pipeline = conn.execute("select open_pipeline, win_rate from marts.kpi_pipeline where grain = 'all'").fetchall()
    assert rows == [(0, 0)]
    assert pipeline == [(0, None)]
