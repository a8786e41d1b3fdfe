"""Versions: one switch, no half states, readers undisturbed, old ones kept and put back."""

from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest

from orchestration.publish.certify import certify
from orchestration.publish.version import (
    finish_switch,
    online,
    put_online,
    retire,
    rollback,
    serving_file,
    tidy,
    versions,
)
from orchestration.rules import Publish, Rules
from orchestration.settings import Settings
from tests.publish.small_build import SUITES, build, candidate_with_audit, publish, settings_at, values_online

JUNE = [("2026-05-01", 10), ("2026-06-01", 20)]


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr("orchestration.publish.checks.suites", lambda: SUITES)
    return settings_at(tmp_path)


def test_publishing_the_same_again_makes_no_new_version(settings: Settings) -> None:
    assert publish(settings, JUNE, "run-1") == publish(settings, JUNE, "run-2")
    assert len(versions(settings)) == 1


def test_a_switch_that_a_crash_cut_in_two_is_completed(settings: Settings) -> None:
    first = publish(settings, JUNE, "run-1")
    publish(settings, [("2026-06-01", 30)], "run-2")
    # The pointer went back, the stable path did not: the state between the two steps of a switch.
    (settings.published / "current").write_text(f"{first}\n")

    finish_switch(settings)

    assert values_online(settings) == [("2026-05-01", 10), ("2026-06-01", 20)]


def test_the_counter_orders_versions_and_no_clock(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    first = publish(settings, JUNE, "run-1")
    clock = SimpleNamespace(now=lambda _: datetime(1999, 12, 31, tzinfo=UTC))
    monkeypatch.setattr("orchestration.publish.certify.datetime", clock)
    second = publish(settings, [("2026-06-01", 30)], "run-2")
    assert (first[:7], second[:7]) == ("v000001", "v000002")
    assert [one.certified_at.year > 2000 for one in versions(settings)] == [False, True]
    (settings.published / "current").unlink()
    assert online(settings) == versions(settings)[0]
    assert retire(settings, keep=1) == [first]


def test_a_damaged_pointer_falls_back_to_the_newest_version(settings: Settings) -> None:
    publish(settings, JUNE, "run-1")
    second = publish(settings, [("2026-06-01", 30)], "run-2")
    (settings.published / "current").write_bytes(b"\xff\x00../../etc")

    version = online(settings)
    assert version is not None
    assert version.version == second


def test_an_earlier_version_can_be_put_online_again(settings: Settings) -> None:
    first = publish(settings, JUNE, "run-1")
    publish(settings, [("2026-06-01", 30)], "run-2")

    rollback(settings, first)

    assert values_online(settings) == [("2026-05-01", 10), ("2026-06-01", 20)]


def test_old_versions_are_deleted_but_never_the_one_online(settings: Settings) -> None:
    names = [publish(settings, [("2026-06-01", value)], f"run-{value}") for value in (1, 2, 3)]
    put_online(settings, names[0])
    build(settings, [("2026-06-01", 4)], run="run-4")
    candidate_with_audit(settings)
    newest = certify(settings, Rules(publish=Publish(keep_versions=2))).version

    assert [version.version for version in versions(settings)] == [newest, names[2]]


def test_readers_of_the_old_version_are_not_disturbed(settings: Settings) -> None:
    publish(settings, JUNE, "run-1")
    reader = duckdb.connect(str(serving_file(settings)), read_only=True)
    publish(settings, [("2026-06-01", 30)], "run-2")

    assert reader.execute("select sum(value) from marts.kpi_values").fetchall() == [(30,)]
    reader.close()
    assert values_online(settings) == [("2026-06-01", 30)]


def test_what_a_killed_run_left_half_done_is_taken_away(settings: Settings) -> None:
    name = publish(settings, JUNE, "run-1")
    (settings.published / ".gone-v000000-00000000-1/parquet").mkdir(parents=True)
    (settings.published / ".current.1.new").touch()
    (settings.state / ".landing.json.1.new").touch()

    tidy(settings)

    assert {path.name for path in settings.published.iterdir()} == {name, "current", "kpi_serving.duckdb", "reported"}
    assert not list(settings.state.glob(".*"))
