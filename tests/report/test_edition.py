"""An edition is written of any version whose tables this Duet reads; of another it says what to do."""

from pathlib import Path

import pytest

from orchestration.publish.version import online
from orchestration.report.pack.edition import NoPack, write_edition
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
