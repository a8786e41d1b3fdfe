"""Everything is asked of the very bytes that wait, in one pass; verdicts on other bytes count for nothing."""

import os
import time
from datetime import datetime
from pathlib import Path

import pytest

from orchestration.publish.candidate import SERVING, build_candidate, candidate_folder
from orchestration.publish.gate.every import EVERY, Verdict, ask, keep_verdicts, look_at_candidate, read_verdicts
from orchestration.publish.gate.guard import Guard, Seen
from orchestration.publish.gate.history import History, account_days, open_history
from orchestration.publish.gate.restatements import closed_months_move_little
from orchestration.rules import Rules
from orchestration.settings import Settings
from tests.publish.gate_sides import ad_days, history
from tests.publish.small_build import SUITES, build, publish, settings_at

MAY, JUNE = ("2026-05-01", 10), ("2026-06-01", 20)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A version online, in a folder with a quote; it has KPI values and no other mart, and nothing has landed."""
    monkeypatch.setattr("orchestration.publish.checks.suites", lambda: SUITES)
    settings = settings_at(tmp_path / "it's a house")
    publish(settings, [MAY, JUNE], "run-1")
    return settings


def asked(settings: Settings, values: list[tuple[str, int]]) -> dict[str, Verdict]:
    build(settings, values, run="run-2")
    build_candidate(settings, Rules())
    return {verdict.id: verdict for verdict in look_at_candidate(settings, Rules())}


def test_every_question_has_an_answer_and_a_table_that_is_not_there_is_none(settings: Settings) -> None:
    found = asked(settings, [MAY, JUNE])
    assert list(found) == [guard.id for guard in EVERY]
    assert found["headlines.stay_inside_their_limits"].passed
    assert found["days.no_day_is_missing"].observed == "no history yet"
    lost = found["conservation.spend_is_that_of_the_files"]
    assert (lost.passed, "fct_spend" in lost.observed) == (False, True)


def test_the_version_online_is_what_it_is_held_against(settings: Settings) -> None:
    verdict = asked(settings, [("2026-05-01", 13), JUNE])["restatement.closed_months_move_little"]
    assert (verdict.passed, verdict.observed) == (
        False, "spend: 10.00 was certified and is 13.00 now, 1 month from 2026-05-01",
    )  # fmt: skip


def test_verdicts_are_read_of_these_bytes_alone(settings: Settings) -> None:
    build(settings, [MAY], run="run-2")
    candidate = build_candidate(settings, Rules())
    assert read_verdicts(settings, candidate.content_hash) == []
    keep_verdicts(settings, [Verdict(id="one", passed=True, observed="seen")])
    assert [verdict.id for verdict in read_verdicts(settings, candidate.content_hash)] == ["one"]
    assert read_verdicts(settings, "another hash") == []


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ValueError(" \nno such column\nLINE 1: select"), "no such column"),
        (ValueError("x" * 301), "x" * 300),
        (ZeroDivisionError(), "ZeroDivisionError"),
    ],
)
def test_a_question_that_cannot_be_answered_is_answered_with_no_and_one_line(error: Exception, told: str) -> None:
    def failing(_: History) -> Seen:
        raise error

    with history({}) as sides:
        verdict = ask(Guard("a.b", "a fact", failing, "look"), sides)
    assert verdict == Verdict(id="a.b", passed=False, observed=f"could not be computed: {told}")


def test_a_file_was_written_when_the_disk_says_to_the_second_in_utc(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("TZ", "Asia/Tokyo")
        time.tzset()
        look_when_files_were_written(tmp_path)
    time.tzset()


def look_when_files_were_written(tmp_path: Path) -> None:
    (tmp_path / "people.csv").touch()
    os.utime(tmp_path / "people.csv", (1_772_424_306.9,) * 2)
    (tmp_path / "folder").mkdir()
    with history({}, landing=tmp_path) as sides:
        assert sides.landed_at("people.csv") == datetime(2026, 3, 2, 4, 5, 6)
        assert sides.landed_at("folder") is None
    with history({}) as sides:
        assert sides.landed_at("people.csv") is None


def test_the_first_version_has_no_closed_days(tmp_path: Path) -> None:
    settings = settings_at(tmp_path)
    build(settings, [MAY])
    build_candidate(settings, Rules())
    with open_history(settings, Rules(), settings.as_of_date("UTC"), candidate_folder(settings) / SERVING) as first:
        assert (first.closed_until, first.knows("kpi_values")) == (None, False)
        assert closed_months_move_little(first).observed == "no history yet"


def test_days_are_counted_once_for_all_that_ask(tmp_path: Path) -> None:
    with history({"fct_spend_history": ad_days(0, 3)}, {}) as sides:
        account_days(sides)
        sides.conn.execute("delete from days")
        account_days(sides)
        assert sides.rows("select count(*) from days") == [(0,)]
