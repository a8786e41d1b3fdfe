"""When the landing folder asks for a run: new files, finished, once a state; and what is remembered of it."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from orchestration.ingest.landing.folder import DAYS, Ledger, Remembered, read_ledger, walk
from orchestration.ingest.landing.settled import Sighting, asked, look, read_cursor, reason_to_wait


class Watch:
    """Looks at a folder again and again, as the sensor does, remembering nothing but its cursor."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.cursor, self.ledger, self.settle = folder, "", Ledger(), 30

    def at(self, now: float) -> str:
        """Why nobody reads, or the key of the run that is asked for."""
        files = list(walk(self.folder))
        sighting = look(files, read_cursor(self.cursor), now)
        reason = reason_to_wait(files, self.ledger, sighting, now, self.settle)
        self.cursor = (sighting if reason else asked(sighting)).to_cursor()
        return reason or f"run {sighting.run_key}"

    def run_ends(self) -> None:
        files = walk(self.folder)
        self.ledger = Ledger({file.name: Remembered(file.size, file.modified, "0" * 64) for file in files})


@pytest.fixture
def watch(tmp_path: Path) -> Watch:
    return Watch(tmp_path)


def test_a_file_is_read_once_it_has_been_still(watch: Watch) -> None:
    file = watch.folder / "spend.csv"
    assert watch.at(0) == "nothing new"
    file.write_text("date,channel\n")
    # Seen at 100 and still at 129; it grows at 140, so the 30 seconds begin again and end at 170.
    assert watch.at(100).startswith("new or changed: spend.csv")
    assert watch.at(129).startswith("new or changed: spend.csv")
    file.write_text("date,channel,spend\n")
    assert [watch.at(now).partition(" ")[0] for now in (140, 169, 170, 171)] == ["new", "new", "run", "a"]
    watch.run_ends()
    assert watch.at(300) == "nothing new"


def test_settling_needs_two_looks_however_short_it_is(watch: Watch) -> None:
    (watch.folder / "spend.csv").write_text("x")
    watch.settle = 0
    assert watch.at(100).startswith("new")
    assert watch.at(100.1).startswith("run")


def test_a_state_that_comes_back_is_a_new_state(watch: Watch) -> None:
    (watch.folder / "good.csv").write_text("x")
    first = [watch.at(0), watch.at(30)][-1]
    watch.run_ends()
    bad = watch.folder / "bad.csv"
    bad.write_text("y")
    second = [watch.at(100), watch.at(130)][-1]
    watch.run_ends()
    bad.unlink()
    assert watch.at(200).startswith("taken away: bad.csv")
    third = watch.at(230)
    assert len({first, second, third}) == 3
    assert all(key.startswith("run ") for key in (first, second, third))


def test_a_file_that_is_open_for_writing_waits_although_it_does_not_grow(watch: Watch) -> None:
    with (watch.folder / "slow.csv").open("w") as writer:
        writer.write("date\n")
        writer.flush()
        assert watch.at(0).startswith("new")
        assert watch.at(60) == "still being written: slow.csv"
    assert watch.at(61).startswith("run")


def test_what_landing_ignores_asks_for_nothing(watch: Watch) -> None:
    for name in (".hidden.csv", "~$book.xlsx", "spend.csv.part", "spend.csv.crdownload", "spend.csv~"):
        (watch.folder / name).write_text("x")
    assert watch.at(0) == "nothing new"


def test_many_files_are_counted(watch: Watch) -> None:
    for number in range(5):
        (watch.folder / f"{number}.csv").write_text("x")
    assert watch.at(0) == "new or changed: 0.csv, 1.csv, 2.csv and 2 more; read when the folder has been still for 30 s"


def test_a_cursor_is_read_as_it_was_written() -> None:
    sighting = Sighting("ab", 12.5, is_asked=True)
    assert read_cursor(sighting.to_cursor()) == sighting
    assert read_cursor(None) is None


def test_a_file_that_is_taken_away_during_the_look_is_not_there(tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv", "c.csv"):
        (tmp_path / name).touch()
    looking = walk(tmp_path)
    assert next(looking).name == "a.csv"
    (tmp_path / "b.csv").unlink()
    assert [file.name for file in looking] == ["c.csv"]


def test_the_last_days_on_which_a_file_was_written_are_remembered(tmp_path: Path) -> None:
    # Written on the 1st to the 14th of May, twice on the 7th, and once with an older day: the last twelve stay.
    landing, file = tmp_path / "landing", tmp_path / "landing/costs.csv"
    landing.mkdir()
    file.write_text("month,pool,amount\n")
    ledger = Ledger()
    for day in (1, 2, 3, 4, 5, 6, 7, 7, 8, 9, 10, 11, 12, 13, 14, 6):
        moment = datetime(2026, 5, day, 23, 59, tzinfo=UTC).timestamp()
        os.utime(file, (moment, moment))
        [landed] = walk(landing)
        ledger.remember(landed, Remembered(landed.size, landed.modified, "0" * 64))
    ledger.write(tmp_path / "ledger.json")
    kept = read_ledger(tmp_path / "ledger.json").files["costs.csv"]
    assert kept.days == [f"2026-05-{day:02}" for day in range(15 - DAYS, 15)]
    assert kept.is_same(landed)


def test_a_ledger_of_older_software_knows_no_days(tmp_path: Path) -> None:
    path = tmp_path / "ledger.json"
    path.write_text('{"costs.csv": {"size": 1, "modified": 2, "sha256": "00"}}')
    assert read_ledger(path).files["costs.csv"].days == []
