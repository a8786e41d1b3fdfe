"""What an alert says: what is online, what failed or is held, what to do; and no row of anybody's data."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from orchestration import durable
from orchestration.alerts.message import StepFailure, of_run, of_state, of_trial
from orchestration.publish.gate.every import EVERY
from orchestration.settings import Settings
from tests.publish.small_build import IDENTITY, build, candidate_with_audit, lived_in, publish

UNUSUAL = next(guard for guard in EVERY if guard.severity == "hold")


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    with lived_in(tmp_path / "data", tmp_path / "none.yml", monkeypatch) as house:
        publish(house, [("2026-05-01", 10)], run="run-0")
        yield house


def test_a_held_version_is_told_with_its_cause_and_its_release(settings: Settings) -> None:
    build(settings, [("2026-05-01", 10), ("2026-06-01", 30)], run="held-run")
    candidate_with_audit(settings, unusual=(UNUSUAL.id,))

    alert = of_run(settings, "kpi_refresh", "held-run", [StepFailure("published_version", "held")])

    assert alert.title == "Duet: a version is held until a person has looked"
    assert alert.body.startswith("Online: v000001-")
    told = ["as of 2026-06-30", f"gate.{UNUSUAL.id}", UNUSUAL.fact, UNUSUAL.remedy, "odd", "duet approve held-run"]
    assert [one for one in told if one not in alert.body] == []
    assert of_state(settings) == alert


def test_a_broken_identity_is_told_by_how_many_rows_but_not_by_which(settings: Settings) -> None:
    build(settings, [("2026-06-01", -5)], failing=IDENTITY, run="bad-run")

    alert = of_run(settings, "kpi_refresh", "bad-run", [StepFailure("models", "1 test failed")])

    assert alert.title == "Duet: checks failed, nothing was published"
    assert "observed:  1 row breaks it\n" in alert.body
    assert "ask the platform for a credit note" in alert.body
    assert "2026-06-01" not in alert.body
    assert "value=" not in alert.body


def test_a_refused_file_is_told_by_name_and_place(settings: Settings) -> None:
    problem = "spend.csv, line 3, column 'spend': found 'x'; expected a number. Correct it."
    landed = {"file": "spend.csv", "file_id": "f", "status": "rejected", "problems": [problem]}
    durable.write_json(settings.state / "landing.json", [landed])

    for alert in (of_run(settings, "kpi_refresh", "any-run", []), of_state(settings)):
        assert alert is not None
        assert alert.title == "Duet: files are refused, nothing was published"
        assert problem in alert.body


def test_a_step_that_failed_is_named_and_what_a_library_said_stays_here(settings: Settings) -> None:
    said = "Conversion Error: could not convert string 'ann@example.com' to INT32"
    full = "No space left on device: parquet"

    alert = of_run(settings, "kpi_refresh", "other-run", [StepFailure("models", said), StepFailure("candidate", full)])

    assert "ann@example.com" not in alert.text
    assert "step models failed\n  remedy:    look at run other-ru in Dagster" in alert.body
    assert "step candidate failed\n  remedy:    free some space" in alert.body


def test_a_run_that_was_killed_says_nothing_itself(settings: Settings) -> None:
    assert "ended without a word" in of_run(settings, "kpi_refresh", "gone", []).body


def test_damage_to_what_is_online_is_told_too(settings: Settings) -> None:
    (settings.published / "kpi_serving.duckdb").unlink()
    assert "ALARM: " in of_trial(settings).body


def test_nothing_is_told_of_a_house_in_order(settings: Settings) -> None:
    assert of_state(settings) is None
