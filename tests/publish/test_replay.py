"""The archive alone gives the version online again; where it does not, the tables that differ are named."""

from pathlib import Path

import pytest

from orchestration.ingest.keeping import archive
from orchestration.ingest.load import ingest
from orchestration.publish.files import keep_outcomes
from orchestration.publish.replay import CannotReplay, replay
from orchestration.rules import load_rules
from orchestration.settings import Settings
from tests.publish.small_build import SUITES
from tests.trust.house import HEADER, land, run_small_job, settings_of

FILES = {
    "january.csv": HEADER + "2026-01-10,flyers,10.00,USD\n",
    "february.csv": HEADER + "2026-02-10,flyers,20.00,USD\n",
}


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setattr("orchestration.publish.checks.suites", lambda: SUITES)
    settings = settings_of(tmp_path / "house")
    settings.landing.mkdir(parents=True)
    land(settings, FILES)
    refresh(settings)
    return settings


def refresh(settings: Settings) -> str:
    """A refresh without dbt, in this process."""
    keep_outcomes(settings, ingest(settings).files)
    run_small_job(settings, print)
    return ""


def again(house: Settings, folder: Path) -> tuple[bool, int, list[str]]:
    found = replay(house, load_rules(house.config), folder, refresh)
    return found.is_same, found.files, found.differing


def test_the_archive_gives_the_same_version(house: Settings, tmp_path: Path) -> None:
    assert again(house, tmp_path / "elsewhere") == (True, 2, [])
    assert list((tmp_path / "elsewhere/landing").iterdir()) == []


def test_a_file_that_the_archive_lost_is_a_difference(house: Settings, tmp_path: Path) -> None:
    [lost] = [entry for entry in archive.entries(house.archive) if entry.name == "january.csv"]
    archive.forget(house.archive, lost.sha256)
    assert again(house, tmp_path / "elsewhere") == (False, 1, ["kpi_values"])


def test_only_what_is_online_can_be_compared(house: Settings, tmp_path: Path) -> None:
    land(house, {"march.csv": HEADER + "2026-03-10,flyers,30.00,USD\n"})
    ingest(house)
    with pytest.raises(CannotReplay, match="other files"):
        again(house, tmp_path / "elsewhere")
    empty = settings_of(tmp_path / "empty")
    with pytest.raises(CannotReplay, match="nothing is online"):
        again(empty, tmp_path / "elsewhere")


def test_a_folder_that_is_in_use_is_left_alone(house: Settings, tmp_path: Path) -> None:
    with pytest.raises(CannotReplay, match="not empty"):
        again(house, house.data_dir)


def test_a_refresh_that_gives_nothing_says_what_it_said(house: Settings, tmp_path: Path) -> None:
    with pytest.raises(CannotReplay, match="the disk is full"):
        replay(house, load_rules(house.config), tmp_path / "elsewhere", lambda _: "the disk is full")
