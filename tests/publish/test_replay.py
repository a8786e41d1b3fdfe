"""The archive alone gives the version online again; where it does not, the tables that differ are named."""

import stat
from datetime import timedelta
from pathlib import Path

import pytest

from orchestration.ingest.keeping import archive
from orchestration.ingest.keys import hash_key
from orchestration.ingest.load import ingest
from orchestration.publish.content import TableContent
from orchestration.publish.files import keep_outcomes
from orchestration.publish.replay import CannotReplay, replay
from orchestration.publish.version import online
from orchestration.rules import load_rules
from orchestration.settings import ROOT, Settings
from tests.models.lake_parts import copy_empty_lake
from tests.publish.small_build import SUITES, build, candidate_with_audit, seal_again
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
    copy_empty_lake(settings.lake)
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


def test_a_version_is_replayed_on_its_own_day(house: Settings, tmp_path: Path) -> None:
    weeks_later = house.model_copy(update={"as_of": house.as_of_date("UTC") + timedelta(days=20)})
    found = replay(weeks_later, load_rules(house.config), tmp_path / "elsewhere", refresh)
    assert (found.is_same, found.as_of) == (True, house.as_of)


def test_a_table_that_only_one_of_the_two_has_is_a_difference(house: Settings, tmp_path: Path) -> None:
    version = online(house)
    assert version is not None
    tables = dict(version.tables)
    version.tables = tables | {"fct_gone": TableContent(rows=1, content_hash="")}
    seal_again(house.published / version.version, version)
    assert again(house, tmp_path / "elsewhere")[2] == ["fct_gone"]
    version.tables = {}
    seal_again(house.published / version.version, version)
    assert again(house, tmp_path / "once more")[2] == sorted(tables)


def test_only_what_is_online_can_be_compared(house: Settings, tmp_path: Path) -> None:
    land(house, {"march.csv": HEADER + "2026-03-10,flyers,30.00,USD\n"})
    ingest(house)
    with pytest.raises(CannotReplay, match=r"other files, rules or software .* `duet refresh`, then replay$"):
        again(house, tmp_path / "elsewhere")
    empty = settings_of(tmp_path / "empty")
    with pytest.raises(CannotReplay, match=r"^nothing is online yet; run `duet refresh`$"):
        again(empty, tmp_path / "elsewhere")


def test_a_folder_that_is_in_use_is_left_alone(house: Settings, tmp_path: Path) -> None:
    with pytest.raises(CannotReplay, match="not empty"):
        again(house, house.data_dir)


def test_a_refresh_that_gives_nothing_says_what_it_said(house: Settings, tmp_path: Path) -> None:
    with pytest.raises(CannotReplay, match="the disk is full"):
        replay(house, load_rules(house.config), tmp_path / "elsewhere", lambda _: "the disk is full")
    with pytest.raises(CannotReplay, match=r"said:\nx{1997}end$"):
        replay(house, load_rules(house.config), tmp_path / "once more", lambda _: "x" * 3000 + "end\n")


@pytest.mark.parametrize("dagster_home", ["/of/the/other/house", None])
def test_the_refresh_finds_its_house_by_the_environment_alone(
    house: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dagster_home: str | None
) -> None:
    command = tmp_path / "duet"
    command.write_text(
        '#!/bin/sh\necho "$* in $DUET_DATA_DIR on $DUET_AS_OF by $DUET_CONFIG and $DUET_ENGINE, '
        'Dagster ${DAGSTER_HOME-nowhere}"\npwd\necho of no use >&2\nexit 1\n'
    )
    command.chmod(0o700)
    monkeypatch.setattr("orchestration.publish.replay.DUET", command)
    monkeypatch.delenv("DAGSTER_HOME", raising=False)
    if dagster_home:
        monkeypatch.setenv("DAGSTER_HOME", dagster_home)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CannotReplay) as refused:
        replay(house, load_rules(house.config), Path("elsewhere"))
    there = tmp_path / "elsewhere"
    assert str(refused.value) == (
        f"the archive gave no version; the refresh in {there} said:\n"
        f"refresh in {there} on 2026-06-30 by {house.config} and duckdb, Dagster nowhere\n{ROOT}\nof no use"
    )


def test_what_was_unusual_once_is_compared_before_anybody_approves_it_again(house: Settings, tmp_path: Path) -> None:
    def held(there: Settings) -> str:
        keep_outcomes(there, ingest(there).files)
        build(there, [("2026-01-01", 10.001), ("2026-02-01", 20.001)])
        candidate_with_audit(there, rules=load_rules(there.config), unusual=("days.no_day_is_missing",))
        return "held"

    found = replay(house, load_rules(house.config), tmp_path / "elsewhere", held)
    assert (found.is_same, found.as_of, found.expected) == (True, house.as_of_date("UTC"), found.found)


@pytest.mark.parametrize("secret", ["k" * 32, None])
def test_the_house_of_the_archive_has_the_same_secret_and_is_closed_to_strangers(
    house: Settings, tmp_path: Path, secret: str | None
) -> None:
    given = house.model_copy(update={"hash_key": secret})
    key = hash_key(given)
    seen: list[Settings] = []

    def looked_at(there: Settings) -> str:
        seen.append(there)
        return ""

    with pytest.raises(CannotReplay):
        replay(given, load_rules(house.config), tmp_path / "elsewhere", looked_at)
    [there] = seen
    assert hash_key(there) == key
    assert {stat.S_IMODE(path.stat().st_mode) for path in (there.archive, there.state)} == {0o700}
    kept = there.state / "hash_key"
    assert [stat.S_IMODE(path.stat().st_mode) for path in there.state.iterdir()] == ([] if secret else [0o600])
    assert secret or kept.read_text() == key
    assert {path.name for path in there.archive.iterdir()} == {path.name for path in house.archive.iterdir()}
