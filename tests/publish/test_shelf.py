"""The shelf of versions, each a folder made by hand: which is online, what is said of damage, what is retired."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from orchestration.publish.seals import Damaged
from orchestration.publish.version import (
    UnknownVersion,
    Version,
    damage,
    finish_switch,
    names,
    next_name,
    online,
    pointed_at,
    put_online,
    read_version,
    retire,
    rollback,
    serving_file,
    shelf,
    tidy,
    verify,
    versions,
)
from orchestration.settings import Settings
from tests.publish.small_build import seal_again

FIRST, SECOND, THIRD = "v000001-aaaaaaaa", "v000002-bbbbbbbb", "v000010-cccccccc"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    settings = Settings(data_dir=tmp_path)
    settings.published.mkdir()
    return settings


def certify(settings: Settings, *made: str) -> None:
    """Versions whose serving file says their name."""
    for name in made:
        folder = settings.published / name
        folder.mkdir()
        (folder / "kpi_serving.duckdb").write_text(name)
        day = date(2026, 6, 30)
        version = Version(
            version=name, certified_at=datetime(2026, 7, 1, tzinfo=UTC), built_at=datetime(2026, 7, 1, tzinfo=UTC),
            as_of=day, engine="duckdb", run=name, fingerprint="", content_hash="", duet_version="", code_hash="",
            storage_version="", rules={}, inputs=[], tables={}, checks={}, files={},
        )  # fmt: skip
        seal_again(folder, version)


def spoil(settings: Settings, name: str) -> None:
    (settings.published / name / "kpi_serving.duckdb").write_text("another")


def told(settings: Settings) -> tuple[str | None, list[str]]:
    """Which version is online, and the alarms without the folder's path."""
    seen = shelf(settings)
    name = seen.online.version if seen.online else None
    return name, [line.replace(f"{settings.published}/", "") for line in seen.alarms]


def point(settings: Settings, text: str) -> None:
    (settings.published / "current").write_bytes(text.encode("latin-1"))


class TestNames:
    def test_are_those_of_folders_newest_first(self, settings: Settings) -> None:
        certify(settings, FIRST, THIRD, SECOND)
        (settings.published / "v000011-dddddddd").write_text("a file")
        for stranger in ("v1-a", "v000012-DDDDDDDD", "v000012-dddddddd.old", ".candidate", "reported"):
            (settings.published / stranger).mkdir()
        assert names(settings) == [THIRD, SECOND, FIRST]
        assert [one.version for one in versions(settings)] == [THIRD, SECOND, FIRST]

    def test_count_on_from_the_newest(self, settings: Settings) -> None:
        assert next_name(settings, "0123456789ab") == "v000001-01234567"
        certify(settings, FIRST, THIRD)
        assert next_name(settings, "0123456789ab") == "v000011-01234567"
        certify(settings, "v123456-dddddddd")
        assert next_name(settings, "0123456789ab") == "v123457-01234567"

    def test_of_a_version_whose_manifest_is_damaged_stay(self, settings: Settings) -> None:
        certify(settings, FIRST, SECOND)
        (settings.published / SECOND / "manifest.json").write_text("{}")
        assert (names(settings), read_version(settings, SECOND)) == ([SECOND, FIRST], None)
        assert [one.version for one in versions(settings)] == [FIRST]


class TestPointer:
    @pytest.mark.parametrize(
        "text", ["", FIRST, f"{FIRST}\n\n", f" {FIRST}\n", "../..\n", "v1\n", "\xff\n", f"{FIRST}x"]
    )
    def test_that_says_no_name_says_nothing(self, settings: Settings, text: str) -> None:
        point(settings, text)
        assert pointed_at(settings) is None

    def test_says_a_name_and_ends_the_line(self, settings: Settings) -> None:
        assert pointed_at(settings) is None
        point(settings, f"{FIRST}\n")
        assert pointed_at(settings) == FIRST

    def test_is_switched_with_the_stable_path(self, settings: Settings) -> None:
        certify(settings, FIRST, SECOND)
        put_online(settings, SECOND)
        serving_file(settings).with_name("kpi_serving.duckdb.wal").write_text("of another file")
        put_online(settings, FIRST)
        assert (settings.published / "current").read_text() == f"{FIRST}\n"
        assert serving_file(settings) == settings.published / "kpi_serving.duckdb"
        assert serving_file(settings).read_text() == FIRST
        assert not serving_file(settings).with_name("kpi_serving.duckdb.wal").exists()

    def test_is_never_switched_to_damage(self, settings: Settings) -> None:
        certify(settings, FIRST, SECOND)
        put_online(settings, FIRST)
        spoil(settings, SECOND)
        with pytest.raises(Damaged) as refused:
            put_online(settings, SECOND)
        assert str(refused.value) == (
            f"{SECOND} is damaged: kpi_serving.duckdb has changed; `duet versions` shows which are intact"
        )
        assert (pointed_at(settings), serving_file(settings).read_text()) == (FIRST, FIRST)
        verify(settings, FIRST)
        assert (damage(settings, FIRST), damage(settings, SECOND)) == (None, "kpi_serving.duckdb has changed")


class TestOnline:
    def test_is_nothing_before_the_first_version(self, settings: Settings) -> None:
        assert told(settings) == (None, [])
        assert finish_switch(settings) == []
        assert online(settings) is None

    def test_is_what_the_pointer_names_although_there_is_a_newer_one(self, settings: Settings) -> None:
        certify(settings, FIRST, SECOND)
        put_online(settings, FIRST)
        assert told(settings) == (FIRST, [])
        assert online(settings) == read_version(settings, FIRST)

    @pytest.mark.parametrize("pointer", ["nonsense\n", f"{THIRD}\n"])
    def test_is_the_newest_where_the_pointer_names_none(self, settings: Settings, pointer: str) -> None:
        certify(settings, FIRST, SECOND)
        put_online(settings, SECOND)
        point(settings, pointer)
        alarm = f"current names no version. {SECOND} is online; `duet refresh` writes it again"
        assert told(settings) == (SECOND, [alarm])

    def test_is_the_newest_intact_where_the_pointed_one_is_damaged(self, settings: Settings) -> None:
        certify(settings, FIRST, SECOND, THIRD)
        put_online(settings, SECOND)
        serving_file(settings).unlink()  # a second name of what is spoilt next
        serving_file(settings).write_text(SECOND)
        spoil(settings, SECOND)
        spoil(settings, THIRD)
        why = f"kpi_serving.duckdb has changed. {FIRST} is online; `duet refresh` publishes anew what has landed"
        assert told(settings) == (FIRST, [f"{SECOND} is damaged: {why}", f"{THIRD} is damaged: {why}"])

    def test_a_newer_one_that_is_damaged_is_told_although_it_is_not_online(self, settings: Settings) -> None:
        certify(settings, FIRST, SECOND)
        put_online(settings, FIRST)
        spoil(settings, SECOND)
        why = f"kpi_serving.duckdb has changed. {FIRST} is online; `duet refresh` publishes anew what has landed"
        assert told(settings) == (FIRST, [f"{SECOND} is damaged: {why}"])

    def test_an_older_one_that_is_damaged_alarms_nobody(self, settings: Settings) -> None:
        certify(settings, FIRST, SECOND)
        put_online(settings, SECOND)
        spoil(settings, FIRST)
        assert told(settings) == (SECOND, [])

    def test_is_nothing_where_everything_is_damaged(self, settings: Settings) -> None:
        certify(settings, FIRST)
        put_online(settings, FIRST)
        (settings.published / FIRST / "manifest.json").write_text("{}")
        why = "manifest.json is not the one that was sealed. nothing is online; `duet refresh` publishes anew what has"
        assert told(settings) == (None, [f"{FIRST} is damaged: {why} landed"])
        assert finish_switch(settings) == shelf(settings).alarms


class TestStablePath:
    def end(self, settings: Settings, wrong: str) -> tuple[str, list[str]]:
        alarm = f"kpi_serving.duckdb, which BI tools open, {wrong}; `duet refresh` puts {SECOND} there"
        return SECOND, [alarm]

    @pytest.fixture(autouse=True)
    def two(self, settings: Settings) -> None:
        certify(settings, FIRST, SECOND)
        put_online(settings, SECOND)

    def test_that_is_missing_is_told_once_there_is_a_pointer(self, settings: Settings) -> None:
        serving_file(settings).unlink()
        assert told(settings) == self.end(settings, "is missing")
        (settings.published / "current").unlink()
        assert told(settings) == (SECOND, [])

    def test_that_nobody_certified_is_told(self, settings: Settings) -> None:
        serving_file(settings).unlink()
        serving_file(settings).write_text("another")
        assert told(settings) == self.end(settings, "is not what was certified")

    def test_with_a_log_beside_it_is_told(self, settings: Settings) -> None:
        serving_file(settings).with_name("kpi_serving.duckdb.wal").touch()
        assert told(settings) == self.end(settings, "has a write-ahead log beside it that was not certified")

    def test_of_another_certified_version_is_a_switch_that_goes_on(self, settings: Settings) -> None:
        point(settings, f"{FIRST}\n")
        assert told(settings) == (FIRST, [])
        assert finish_switch(settings) == []
        assert serving_file(settings).read_text() == FIRST

    @pytest.mark.parametrize("lost", ["current", "kpi_serving.duckdb"])
    def test_and_pointer_are_put_right(self, settings: Settings, lost: str) -> None:
        (settings.published / lost).unlink()
        finish_switch(settings)
        assert (pointed_at(settings), serving_file(settings).read_text()) == (SECOND, SECOND)
        assert told(settings) == (SECOND, [])
        before = (settings.published / "current").stat().st_ino
        assert finish_switch(settings) == []
        assert (settings.published / "current").stat().st_ino == before  # what is right is left alone


class TestOrder:
    def test_a_rollback_names_what_there_is(self, settings: Settings) -> None:
        with pytest.raises(UnknownVersion, match=f"^no version {FIRST}; there are: none yet$"):
            rollback(settings, FIRST)
        certify(settings, FIRST, SECOND)
        put_online(settings, SECOND)
        with pytest.raises(UnknownVersion, match=f"^no version {THIRD}; there are: {SECOND}, {FIRST}$"):
            rollback(settings, THIRD)
        assert rollback(settings, FIRST).version == FIRST == pointed_at(settings)

    def test_what_killed_runs_left_is_taken_away_and_nothing_else(self, settings: Settings) -> None:
        certify(settings, FIRST)
        settings.state.mkdir()
        for room in (settings.published, settings.state):
            (room / ".gone-v000000-00000000-1/parquet").mkdir(parents=True)
            (room / ".current.7.new").touch()
            (room / ".candidate.7.new").mkdir()
        tidy(settings)
        assert [path.name for path in settings.published.iterdir()] == [FIRST]
        assert list(settings.state.iterdir()) == []

    def test_where_there_is_none_none_goes(self, settings: Settings) -> None:
        assert retire(settings, 1) == []

    @pytest.mark.parametrize(("keep", "gone"), [(1, [SECOND]), (2, []), (3, [])])
    def test_the_oldest_go_and_never_the_one_online(self, settings: Settings, keep: int, gone: list[str]) -> None:
        certify(settings, FIRST, SECOND, THIRD)
        put_online(settings, FIRST)
        assert retire(settings, keep) == gone
        assert names(settings) == [name for name in (THIRD, SECOND, FIRST) if name not in gone]

    def test_a_damaged_version_is_kept_as_evidence_and_counts_for_none(self, settings: Settings) -> None:
        certify(settings, FIRST, SECOND, THIRD)
        put_online(settings, THIRD)
        (settings.published / SECOND / "manifest.json").write_text("{}")
        assert retire(settings, 2) == []
        assert retire(settings, 1) == [SECOND, FIRST]
