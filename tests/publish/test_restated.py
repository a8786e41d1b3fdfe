"""What was reported stays known, and what a later version says otherwise is listed with its cause."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from click.testing import CliRunner, Result

from orchestration.cli import main
from orchestration.publish.certify import certify
from orchestration.publish.restated.history import known_versions, remember, reported
from orchestration.publish.restated.step import Side, write_step
from orchestration.publish.version import serving_file, versions
from orchestration.rules import Cac, Publish, Rules
from orchestration.settings import Settings, get_settings
from tests.publish.small_build import SUITES, build, candidate_with_audit, serve

MAY, JUNE = "2026-05-01", "2026-06-01"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("DUET_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("DUET_AS_OF", "2026-06-30")
    monkeypatch.setattr("orchestration.publish.checks.suites", lambda: SUITES)
    get_settings.cache_clear()
    return get_settings()


def publish(settings: Settings, may: int, june: int, rules: Rules | None = None) -> str:
    """A version that says how much was spent in May and June."""
    rules = rules or Rules()
    build(settings, [(MAY, may), (JUNE, june)], run=f"run-{may}-{june}")
    candidate_with_audit(settings, rules=rules)
    return certify(settings, rules).version


def duet(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def moved(settings: Settings) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(serving_file(settings)), read_only=True) as conn:
        return conn.execute(
            "select left(version_before, 7), left(version_after, 7), period, value_before, delta, cause, contribution "
            "from marts.kpi_restatements order by all"
        ).fetchall()


def test_the_first_version_and_one_that_says_the_same_restate_nothing(settings: Settings) -> None:
    publish(settings, 10, 20)
    assert moved(settings) == []
    build(settings, [(MAY, 10), (JUNE, 20), ("2026-07-01", 5)], run="another month")
    candidate_with_audit(settings)
    certify(settings, Rules())
    assert moved(settings) == []


def test_a_changed_rule_is_the_definition_and_no_data(settings: Settings) -> None:
    # The same files, another rule: nothing else can have moved May from 10 to 13.
    publish(settings, 10, 20)
    publish(settings, 13, 20, Rules(cac=Cac(paid_channels=["search"])))
    assert moved(settings) == [("v000001", "v000002", date(2026, 5, 1), 10, 3, "definition", 3)]
    found = json.loads(duet("diff", "previous", "online", "--json").output)
    assert found["rules"] == ["cac.paid_channels: [] to ['search']"]


def test_what_no_row_tells_is_unexplained_and_shown(settings: Settings) -> None:
    publish(settings, 10, 20)
    publish(settings, 13, 20)
    assert [row[-2:] for row in moved(settings)] == [("unexplained", 3)]


def test_steps_add_up_over_versions_that_are_deleted(settings: Settings) -> None:
    # 10, 13, 11: in all + 1, of which the rule + 3 and something else - 2.
    rules = Rules(cac=Cac(paid_channels=["search"]), publish=Publish(keep_versions=1))
    first = publish(settings, 10, 20, Rules(publish=Publish(keep_versions=1)))
    publish(settings, 13, 20, rules)
    third = publish(settings, 11, 20, rules)

    assert [one.version for one in versions(settings)] == [third]
    assert len(known_versions(settings)) == 3
    found = json.loads(duet("diff", "v000001", "online", "--json").output)
    assert (found["version_before"], found["version_after"]) == (first, third)
    assert [(row["cause"], row["contribution"], row["delta"]) for row in found["moved"]] == [
        ("definition", 3, 1),
        ("unexplained", -2, 1),
    ]
    assert "definition +3.00, unexplained -2.00" in duet("diff", third, first).output


def test_a_crash_before_values_were_kept_loses_none(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(settings, 10, 20)
    monkeypatch.setattr("orchestration.publish.certify.remember", lambda _: None)
    publish(settings, 13, 20)
    monkeypatch.setattr("orchestration.publish.certify.remember", remember)
    publish(settings, 14, 20)

    assert [row[:2] for row in moved(settings)] == [("v000001", "v000002"), ("v000002", "v000003")]


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ("v000009", "online", "no version v000009; there are: v000001"),
        ("previous", "online", "there is none before it"),
        ("online", "v000001", "are the same version"),
        ("2020-01-01", "online", "nothing was certified by 2020-01-01"),
    ],
)
def test_versions_that_cannot_be_compared_say_what_can(settings: Settings, one: str, other: str, words: str) -> None:
    publish(settings, 10, 20)
    result = duet("diff", one, other)
    assert (result.exit_code, words in result.output) == (1, True), result.output


def test_two_currencies_are_not_compared(settings: Settings) -> None:
    publish(settings, 10, 20)
    publish(settings, 13, 20, Rules(reporting_currency="EUR"))
    result = duet("diff", "previous", "online")
    assert (result.exit_code, "in USD and" in result.output) == (1, True)


def test_nothing_moved_is_said(settings: Settings) -> None:
    publish(settings, 10, 20)
    publish(settings, 10, 20, Rules(cac=Cac(paid_channels=["search"])))
    assert "no number of a period that was over has moved" in duet("diff", "previous", "online").output


def test_a_version_that_publishes_no_values_is_remembered_by_its_manifest(settings: Settings, tmp_path: Path) -> None:
    # Of older software: neither kpi_values nor kpi_restatements lie beside what it serves.
    duckdb.connect(str(tmp_path / "old.duckdb")).close()
    settings.published.mkdir(parents=True)
    serve(settings, tmp_path / "old.duckdb")
    remember(settings)
    [version] = known_versions(settings)
    kept = {path.name for path in (reported(settings) / version.version).iterdir()}
    assert kept == {"manifest.json", "manifest.json.sha256"}


CALENDAR = """
create table marts.dim_date as select cast(day as date) as date_day, date_trunc('week', day)::date as week,
    date_trunc('month', day)::date as month, date_trunc('quarter', day)::date as quarter,
    date_trunc('year', day)::date as year, date_trunc('quarter', day)::date as fiscal_quarter,
    date_trunc('year', day)::date as fiscal_year
from generate_series(date '2026-05-01', date '2026-06-30', interval 1 day) as days(day)
"""


def cycles_version(file: Path, opened: dict[int, str]) -> Path:
    """A published file that says how many cycles of qualified leads May had, and which they are."""
    with duckdb.connect(str(file)) as conn:
        conn.execute("create schema marts")
        conn.execute(CALENDAR)
        conn.execute(
            "create table marts.kpi_values as select 'mql_cycles' as kpi, '' as variant, 'month' as grain, "
            "date '2026-05-01' as period, '' as dimension, '' as member, ?::decimal(28, 8) as value, "
            "null::decimal(28, 8) as numerator, null::decimal(28, 8) as denominator, 'count' as unit, "
            "true as is_complete, true as is_mature, '1' as kpi_version",
            [len(opened)],
        )
        conn.execute(
            "create table marts.fct_mql_cycles as select unnest(?::bigint[]) as person_id, unnest(?::date[]) as "
            "opened_date, 'search' as channel, 'paid' as source_group, '' as segment",
            [list(opened), list(opened.values())],
        )
    return file


def test_a_fact_that_came_late_is_the_cause_of_what_it_moved(tmp_path: Path) -> None:
    # Two leads qualified in May; a third one of 25 May arrived after the first version: 2 became 3 for that reason.
    both = {1: "2026-05-04", 2: "2026-05-20"}
    side = Side(version="v000001-00000000", as_of=date(2026, 6, 30), rules={}, code_hash="", files={"a"})
    later = side.model_copy(update={"version": "v000002-00000000", "files": {"a", "b"}})
    before = (side, cycles_version(tmp_path / "before.duckdb", both))
    after = (later, cycles_version(tmp_path / "after.duckdb", both | {3: "2026-05-25"}))
    assert write_step(before, after, [], tmp_path / "step.parquet")
    told = "select version_after, kpi, period, value_before, value_after, cause, contribution from read_parquet(?)"
    assert duckdb.execute(told, [str(tmp_path / "step.parquet")]).fetchall() == [
        ("v000002-00000000", "mql_cycles", date(2026, 5, 1), 2, 3, "late_data", 1)
    ]


def test_a_table_that_is_the_same_in_both_versions_is_no_cause(tmp_path: Path) -> None:
    both = {1: "2026-05-04", 2: "2026-05-20"}
    side = Side(version="v000001-00000000", as_of=date(2026, 6, 30), rules={}, code_hash="", files={"a"})
    later = side.model_copy(update={"version": "v000002-00000000", "files": {"a", "b"}})
    before = (side, cycles_version(tmp_path / "before.duckdb", both))
    after = (later, cycles_version(tmp_path / "after.duckdb", both | {3: "2026-05-25"}))
    assert write_step(before, after, ["fct_mql_cycles"], tmp_path / "step.parquet")
    told = "select cause, contribution from read_parquet(?)"
    assert duckdb.execute(told, [str(tmp_path / "step.parquet")]).fetchall() == [("unexplained", 1)]
    assert not write_step(before, before, [], tmp_path / "none.parquet")
    assert not (tmp_path / "none.parquet").exists()


def young_cohort(file: Path, converted: int) -> Path:
    """A published file that says how many of May's four leads were qualified, while the cohort is still followed."""
    with duckdb.connect(str(file)) as conn:
        conn.execute("create schema marts")
        conn.execute(CALENDAR)
        conn.execute(
            "create table marts.kpi_values as select 'mql_to_sql' as kpi, 'cohort' as variant, 'month' as grain, "
            "date '2026-05-01' as period, '' as dimension, '' as member, (? / 4)::decimal(28, 8) as value, "
            "?::decimal(28, 8) as numerator, 4::decimal(28, 8) as denominator, 'ratio' as unit, "
            "true as is_complete, false as is_mature, '1' as kpi_version",
            [converted, converted],
        )
    return file


@pytest.mark.parametrize(
    ("rule_moved", "day_moved", "cause"),
    [(True, False, "definition"), (False, True, "maturing"), (True, True, "maturing"), (False, False, "maturing")],
)
def test_a_young_cohort_matures_unless_only_its_rule_moved(
    tmp_path: Path, rule_moved: bool, day_moved: bool, cause: str
) -> None:
    # 1 of 4, then 2 of 4. On the same day and of the same files, nothing but the rule can have moved it.
    side = Side(version="v000001-00000000", as_of=date(2026, 6, 30), rules={}, code_hash="", files={"a"})
    later = side.model_copy(
        update={
            "version": "v000002-00000000",
            "rules": {"rule_versions": "other"} if rule_moved else {},
            "as_of": date(2026, 7, 1) if day_moved else side.as_of,
        }
    )
    before = (side, young_cohort(tmp_path / "before.duckdb", 1))
    after = (later, young_cohort(tmp_path / "after.duckdb", 2))
    assert write_step(before, after, [], tmp_path / "step.parquet")
    told = "select cause, contribution from read_parquet(?)"
    assert duckdb.execute(told, [str(tmp_path / "step.parquet")]).fetchall() == [(cause, Decimal("0.25"))]
