"""What runs by itself: when the clock says so, when files land, and what is told when a run does not succeed."""

import datetime as dt
import json
import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import dagster as dg
import pytest

# What the daemon asks to know when a schedule is due; Dagster has no public name for it.
from dagster._utils.schedules import schedule_execution_time_iterator

from orchestration.defs.alerting import told
from orchestration.defs.schedules import schedules
from orchestration.defs.watching import PUBLISHED, ask_for_run, news
from orchestration.engine.process import process_started
from orchestration.ingest.keeping.outcome import FileOutcome
from orchestration.publish.files import keep_outcomes
from orchestration.publish.lock import lock_path
from orchestration.publish.version import put_online
from orchestration.rules import Gate, Rules
from orchestration.settings import Automation, Settings, get_settings
from tests.alerts.loopback import webhook
from tests.publish.small_build import SUITES, publish, settings_at

BERLIN = Rules(reporting_timezone="Europe/Berlin")


def ticks(name: str, after: str, count: int, automation: Automation, rules: Rules = BERLIN) -> list[str]:
    """The next instants in UTC at which a schedule is due."""
    [schedule] = [one for one in schedules(automation, rules) if one.name == f"{name}_schedule"]
    start = dt.datetime.fromisoformat(after).replace(tzinfo=dt.UTC).timestamp()
    due = schedule_execution_time_iterator(start, schedule.cron_schedule, schedule.execution_timezone)
    return [tick.astimezone(dt.UTC).strftime("%m-%d %H:%M") for tick in islice(due, count)]


def test_six_in_berlin_is_five_in_winter_and_four_in_summer() -> None:
    # Clocks go forward on 2026-03-29 at 02:00 and back on 2026-10-25 at 03:00.
    assert ticks("daily_refresh", "2026-03-28", 3, Automation()) == ["03-28 05:00", "03-29 04:00", "03-30 04:00"]
    assert ticks("daily_refresh", "2026-10-24", 3, Automation()) == ["10-24 04:00", "10-25 05:00", "10-26 05:00"]


def test_a_refresh_at_an_hour_that_a_night_skips_or_repeats_runs_once() -> None:
    at_night = Automation(refresh_at="02:30")
    # 02:30 is no time on March 29: it runs at 03:00 (01:00 UTC). On October 25 it is a time twice, and runs once.
    assert ticks("daily_refresh", "2026-03-28", 3, at_night) == ["03-28 01:30", "03-29 01:00", "03-30 00:30"]
    nights = [tick[:5] for tick in ticks("daily_refresh", "2026-10-23T12:00", 3, at_night)]
    assert nights == ["10-24", "10-25", "10-26"]


def test_packs_come_when_their_week_is_over_and_their_month_has_settled() -> None:
    # 2026-06-01 is a Monday. A month has settled when a day older than gate.closed_after_days is its last: on the 4th.
    assert ticks("weekly_pack", "2026-05-31", 2, Automation()) == ["06-01 05:00", "06-08 05:00"]
    assert ticks("monthly_pack", "2026-05-31", 2, Automation()) == ["06-04 05:00", "07-04 05:00"]
    sundays = BERLIN.model_copy(update={"week_start": "sunday", "gate": Gate(closed_after_days=9)})
    assert ticks("weekly_pack", "2026-05-31T12:00", 1, Automation(), sundays) == ["06-07 05:00"]
    assert ticks("monthly_pack", "2026-05-31", 1, Automation(), sundays) == ["06-10 05:00"]


def test_nothing_runs_by_itself_unless_it_is_asked_for() -> None:
    for wanted, status in ((False, dg.DefaultScheduleStatus.STOPPED), (True, dg.DefaultScheduleStatus.RUNNING)):
        assert {one.default_status for one in schedules(Automation(automation=wanted), BERLIN)} == {status}


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    monkeypatch.setenv("DUET_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("DUET_CONFIG", str(tmp_path / "none.yml"))
    get_settings.cache_clear()
    house = settings_at(tmp_path / "data")
    house.landing.mkdir(parents=True)
    house.state.mkdir()
    yield house
    get_settings.cache_clear()


def test_no_run_is_asked_for_while_another_is_at_work(settings: Settings) -> None:
    (settings.landing / "spend.csv").write_text("x")
    cursor = ask_for_run(settings, 30, None, 0).cursor
    parent = {"run": "abc12345", "pid": os.getppid(), "host": os.uname().nodename, "started": "2026-06-30T06:00"}
    lock_path(settings).write_text(json.dumps(parent | {"process_started": process_started(os.getppid())}))

    waits = ask_for_run(settings, 30, cursor, 60)
    assert waits.run_requests == []
    assert "run abc12345" in str(waits.skip_reason)

    lock_path(settings).unlink()
    runs = ask_for_run(settings, 30, waits.cursor, 61)
    [request] = runs.run_requests or []
    assert ask_for_run(settings, 30, runs.cursor, 90).run_requests == []
    assert request.run_key == ask_for_run(settings, 30, waits.cursor, 62).run_requests[0].run_key  # type: ignore[index]


def test_what_a_person_put_online_is_news_once(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("orchestration.publish.checks.suites", lambda: SUITES)
    with dg.instance_for_test() as instance:
        assert not news(settings, instance).asset_events
        first = publish(settings, [("2026-05-01", 10)], run="run-1")
        [told] = news(settings, instance).asset_events
        assert (told.asset_key, told.metadata["version"].value) == (PUBLISHED, first)
        instance.report_runless_asset_event(told)
        assert not news(settings, instance).asset_events
        second = publish(settings, [("2026-05-01", 10), ("2026-06-01", 20)], run="run-2")
        instance.report_runless_asset_event(news(settings, instance).asset_events[0])
        put_online(settings, first)  # a rollback
        assert [event.metadata["version"].value for event in news(settings, instance).asset_events] == [first]
    assert first != second


@dg.op
def models() -> None:
    raise dg.Failure("Conversion Error: could not convert string 'ann@example.com'")


@dg.job
def kpi_refresh() -> None:
    models()


def test_a_run_that_fails_is_told(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_outcomes(settings, [FileOutcome("odd.csv", "f", "unrecognised")])
    with dg.instance_for_test() as instance, webhook() as slack:
        failed = kpi_refresh.execute_in_process(instance=instance, raise_on_error=False)
        context = dg.build_run_status_sensor_context(
            "alerts", failed.get_run_failure_event(), instance, failed.dagster_run
        ).for_run_failure()
        assert isinstance(told(context), dg.SkipReason)  # nobody is named yet
        monkeypatch.setenv("DUET_ALERT_WEBHOOK", slack.url)
        assert told(context) is None
    [said] = slack.said
    assert said.startswith("Duet: a run failed, nothing was published\n\nOnline: nothing yet\n")
    assert f"kpi_refresh, run {failed.run_id[:8]}" in said
    assert "step models failed" in said
    assert "ann@example.com" not in said
