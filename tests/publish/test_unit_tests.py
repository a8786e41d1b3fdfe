"""Unit tests of the models speak for every later build of the same rules, and for no other."""

from pathlib import Path

import pytest

from orchestration.engine.inputs import note_inputs
from orchestration.publish.audit import checks_so_far
from orchestration.publish.unit_tests import keep_results, kept_results
from orchestration.rules import Rules
from orchestration.settings import Settings
from tests.publish.small_build import IDENTITY, SUITES, UNIT, build, results, settings_at

JUNE = [("2026-06-01", 20)]
ID = "dbt.unit." + UNIT.removeprefix("unit_test.duet.")


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr("orchestration.publish.checks.suites", lambda: SUITES)
    settings = settings_at(tmp_path)
    note_inputs(settings, Rules())
    return settings


def ran(settings: Settings) -> bool:
    return next(one.ran for one in checks_so_far(settings) if one.id == ID)


def test_answers_of_the_same_rules_are_shown_in_a_build_that_did_not_ask(settings: Settings) -> None:
    build(settings, JUNE)
    build(settings, JUNE, failing=IDENTITY, unasked=(UNIT,))
    assert ran(settings)
    assert [result["unique_id"] for result in kept_results(settings)] == [UNIT]


def test_other_rules_are_asked_again(settings: Settings) -> None:
    build(settings, JUNE)
    note_inputs(settings, Rules(reporting_timezone="Europe/Berlin"))
    assert kept_results(settings) == []
    build(settings, JUNE, unasked=(UNIT,))
    assert not ran(settings)


def test_one_that_failed_is_asked_again(settings: Settings) -> None:
    build(settings, JUNE)
    build(settings, JUNE, failing=UNIT)
    assert kept_results(settings) == []


def test_a_build_of_unknown_rules_hands_nothing_on(settings: Settings) -> None:
    (settings.state / "build_inputs.csv").unlink()
    build(settings, JUNE)
    assert kept_results(settings) == []


def test_a_build_that_was_cut_off_before_all_were_asked_hands_nothing_on(settings: Settings) -> None:
    # One of the two passed and the other never ran: without it no later build could be certified.
    [passed] = [result for result in results(None) if result["unique_id"] == UNIT]
    keep_results(settings, [passed], [UNIT, "unit_test.duet.kpi_values.another"])
    assert kept_results(settings) == []
    keep_results(settings, [passed], [UNIT])
    assert kept_results(settings) == [passed]
