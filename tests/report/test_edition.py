"""An edition is written of any version whose tables this Duet reads, and says what is held back from it."""

import json
from pathlib import Path

import pytest

from orchestration.publish.version import online, read_version
from orchestration.report.pack.edition import NoPack, about_now, write_edition
from tests.publish.small_build import SUITES, publish, settings_at


def test_a_version_of_other_tables_is_named_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orchestration.publish.checks.suites", lambda: SUITES)
    settings, page = settings_at(tmp_path / "house"), tmp_path / "pack.html"
    name = publish(settings, [("2026-06-01", 20)], "run-1")
    version = online(settings)
    assert version is not None
    with pytest.raises(NoPack, match=rf"{name} has other tables .*duet refresh.*duet open"):
        write_edition(settings, version, "weekly", page)
    assert not page.exists()


def test_an_edition_says_what_is_held_back_and_older_versions_do_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orchestration.publish.checks.suites", lambda: SUITES)
    settings = settings_at(tmp_path / "house")
    older = publish(settings, [("2026-06-01", 20)], "run-1")
    newer = publish(settings, [("2026-06-01", 21)], "run-2")
    outcome = {"at": "2099-01-01T00:00:00+00:00", "held": ["june.csv\n  line 2", "one", "two", "three", "four"]}
    (settings.state / "outcome.json").write_text(json.dumps(outcome))

    def held(name: str) -> list[str]:
        version = read_version(settings, name)
        assert version is not None
        return about_now(settings, version)["held"]

    assert held(newer) == ["june.csv", "one", "two", "and 2 more: duet status"]
    assert held(older) == []
