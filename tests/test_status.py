"""`duet status`: what is refused and the money in it, what is late, what moved, and when."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from expectations.believable import within
from expectations.validate import Finding
from orchestration.cli import main
from orchestration.ingest.load import ingest
from orchestration.publish.certify import certify
from orchestration.publish.files import keep_outcomes
from orchestration.publish.lock import run_lock
from orchestration.publish.version import names, rollback
from orchestration.report.state import MOST, age
from orchestration.rules import Rules
from orchestration.settings import Settings
from tests.publish.small_build import build, candidate_with_audit, lived_in

HEADER = "date,channel,spend,currency\n"


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings]:
    (tmp_path / "landing").mkdir()
    with lived_in(tmp_path, tmp_path / "duet.yml", monkeypatch) as settings:
        yield settings


def publish(settings: Settings, values: list[tuple[str, int]], run: str) -> None:
    report = ingest(settings)
    build(settings, values, run=run)
    keep_outcomes(settings, report.files)
    candidate_with_audit(settings)
    certify(settings, Rules())


def status(*arguments: str) -> str:
    return CliRunner().invoke(main, ["status", *arguments]).output


def found() -> dict[str, Any]:
    record: dict[str, Any] = json.loads(status("--json"))
    return record


def test_the_money_in_refused_rows_is_told(settings: Settings) -> None:
    # 1,999 good rows of 1.00 and one of 1.50 in no currency: less than a thousandth, so the file loads.
    rows = [f"2026-03-01,channel {number},1.00,USD\n" for number in range(1999)]
    (settings.landing / "loaded.csv").write_text(HEADER + "".join(rows) + "2026-03-01,last,1.50,none\n")
    # Two of three rows are broken: the file is refused, and with it 7.00 that could be read of 7.00 and 2.x.
    (settings.landing / "refused.csv").write_text(
        HEADER + "2026-03-01,a,3.00,USD\n2026-03-01,b,4.00,none\n2026-03-01,c,2.x,USD\n"
    )
    keep_outcomes(settings, ingest(settings).files)

    aside = found()["quarantine"]
    assert (aside["rows"], aside["files"], aside["money"]) == (4, 2, "8.50")
    assert {one["file"]: (one["rows"], one["money"]) for one in aside["of"]} == {
        "loaded.csv": (1, "1.50"),
        "refused.csv": (3, "7.00"),
    }
    page = status()
    assert "quarantine: 4 rows of 2 files, 8.50 at stake" in page
    assert "loaded: loaded.csv, 1 rows refused, 1.50 at stake" in page


def test_what_moved_since_the_version_before_is_told(settings: Settings) -> None:
    publish(settings, [("2026-04-01", 100), ("2026-05-01", 10), ("2026-06-01", 1)], "run-1")
    assert found()["moved"] == []
    publish(settings, [("2026-04-01", 101), ("2026-05-01", 15), ("2026-06-01", 1)], "run-2")

    moved = found()["moved"]
    assert [(one["period"], one["value_before"], one["delta"], one["causes"]) for one in moved] == [
        ("2026-05-01", 10, 5, "unexplained"),
        ("2026-04-01", 100, 1, "unexplained"),
    ]
    assert "moved since the version before" in status()


def test_many_moves_are_cut_and_counted(settings: Settings) -> None:
    months = [f"2025-{month:02}-01" for month in range(1, 13)]
    publish(settings, [(month, 10) for month in months], "run-1")
    publish(settings, [(month, 11) for month in months], "run-2")
    assert f"and {len(months) - MOST} more: duet diff previous online" in status()


def test_a_declared_source_that_is_late_is_marked(settings: Settings) -> None:
    settings.config.write_text("sources: {template: {max_age_days: 30}}\n")
    (settings.landing / "spend.csv").write_text(HEADER + "2026-03-01,a,3.00,USD\n")
    publish(settings, [("2026-06-01", 1)], "run-1")
    [source] = found()["sources"]
    assert (source["age_days"], source["max_age_days"], source["is_late"]) == (121, 30, True)
    assert "late" in status()


def test_a_warning_shows_its_remedy(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    suite = {"kpi_values": [within("value", 0, 5, "no figure is odd", "warn")]}
    monkeypatch.setattr("orchestration.publish.checks.suites", lambda: suite)
    build(settings, [("2026-06-01", 9)])
    odd = Finding(table="kpi_values", name="value_is_believable", passed=False, observed="1 of 1 rows outside")
    candidate_with_audit(settings, (odd,))
    certify(settings, Rules())
    page = status()
    assert "warning:  no figure is odd (expectations.kpi_values.value_is_believable): 1 of 1 rows outside" in page
    assert "remedy: compare with the export that the rows come from" in page


@pytest.mark.parametrize(
    ("hours", "told"), [(0.01, "a minute"), (0.5, "30 minutes"), (5, "5 hours"), (47, "47 hours"), (72, "3 days")]
)
def test_an_age_is_told_as_people_say_it(hours: float, told: str) -> None:
    assert age(hours) == told


def test_a_version_that_somebody_went_back_behind_is_named(settings: Settings) -> None:
    publish(settings, [("2026-06-01", 1)], "run-1")
    publish(settings, [("2026-06-01", 2)], "run-2")
    [second, first] = names(settings)
    assert found()["newer"] == []
    rollback(settings, first)
    assert found()["newer"] == [second]
    assert f"older:    {second} is newer; `duet rollback {second}` puts it online again" in status()


def test_who_is_at_work_is_told(settings: Settings) -> None:
    assert found()["at_work"] is None
    with run_lock(settings) as run:
        assert f"now:      run {run} (process {os.getpid()} on" in status()


def test_files_that_no_run_has_read_are_named(settings: Settings) -> None:
    for name in ("a.csv", "b.csv"):
        (settings.landing / name).write_text(HEADER + f"2026-03-01,{name},3.00,USD\n")
    publish(settings, [("2026-06-01", 1)], "run-1")
    assert found()["unread"] == []
    (settings.landing / "a.csv").write_text(HEADER + "2026-03-01,a,13.00,USD\n")
    (settings.landing / "c.csv").write_text(HEADER + "2026-03-01,c,3.00,USD\n")
    assert found()["unread"] == ["a.csv", "c.csv"]
    assert "landed:   a.csv, c.csv; no run has read them yet: duet refresh" in status()
    for number in range(MOST - 1):
        (settings.landing / f"d{number}.csv").write_text(HEADER)
    assert ", d7.csv and 1 more; no run has read them yet" in status()
