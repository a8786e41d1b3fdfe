"""Damage to what is published is found before a number of it is shown, and readers are led to what is intact."""

import json
import os
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from orchestration.publish import certify as certifying
from orchestration.publish.lock import lock_path
from orchestration.publish.restated.history import reported
from orchestration.publish.seals import Damaged
from orchestration.publish.version import (
    UnknownVersion,
    Version,
    damage,
    finish_switch,
    names,
    online,
    rollback,
    serving_file,
    shelf,
)
from orchestration.report.diff import diff
from orchestration.report.kpi import NothingPublished, read_kpi
from orchestration.report.shelved import list_versions, put_right
from orchestration.rules import Rules
from orchestration.settings import Settings
from tests.publish.small_build import build, candidate_with_audit, publish, settings_at, values_online
from tests.trust.record import record

SEED = 20261128
OLD, NEW = [("2026-05-01", 10)], [("2026-05-01", 11), ("2026-06-01", 20)]


@dataclass(frozen=True)
class House:
    """Two versions, the second one online."""

    settings: Settings
    first: str
    second: str

    def targets(self) -> dict[str, Path]:
        """Every file of the version that is online, the pointer and the stable path, by what they are called."""
        folder, published = self.settings.published / self.second, self.settings.published
        files = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
        return files | {"the pointer": published / "current", "the stable path": serving_file(self.settings)}


@pytest.fixture
def house(tmp_path: Path) -> House:
    settings = settings_at(tmp_path)
    first = publish(settings, OLD, "run-1")
    second = publish(settings, NEW, "run-2")
    part_names(settings)
    return House(settings, first, second)


def part_names(settings: Settings) -> None:
    """Make the stable path a copy, to be spoilt alone: it is a second name of the version's file where the disk can."""
    content = serving_file(settings).read_bytes()
    serving_file(settings).unlink()
    serving_file(settings).write_bytes(content)


def flip(content: bytes, chance: random.Random) -> bytes:
    """One bit is another."""
    place = chance.randrange(len(content))
    return content[:place] + bytes([content[place] ^ (1 << chance.randrange(8))]) + content[place + 1 :]


def truncate(content: bytes, chance: random.Random) -> bytes:
    """Its end is missing, or all of it."""
    return content[: chance.randrange(len(content))]


def spoil(path: Path, harm: Callable[[bytes, random.Random], bytes], chance: random.Random) -> Callable[[], None]:
    """Change a file as a bad disk does, its dates untouched in every second case; the way back."""
    content, stat = path.read_bytes(), path.stat()
    path.write_bytes(harm(content, chance))
    if chance.random() < 0.5:
        os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))

    def mend() -> None:
        path.write_bytes(content)

    return mend


def what_is_wrong(house: House, target: str) -> str:
    """Nothing, where damage to this file is seen and a reader gets the right numbers all the same."""
    found = shelf(house.settings)
    if not found.alarms:
        return f"{target}: no alarm"
    whole = target in ("the pointer", "the stable path")
    expected, values = (house.second, [11, 20]) if whole else (house.first, [10])
    if found.online is None or found.online.version != expected:
        return f"{target}: {found.online and found.online.version} is served"
    shown = [row["value"] for row in read_kpi(house.settings, "spend").records()]
    if shown != values:
        return f"{target}: {shown} is shown"
    put_right(house.settings)
    if [value for _, value in values_online(house.settings)] != values:
        return f"{target}: BI tools read {values_online(house.settings)}"
    return ""


def damage_many(house: House, count: int) -> tuple[dict[str, int], list[str]]:
    """How often each file was spoilt, and everything that went wrong."""
    chance, tried, wrong = random.Random(SEED), dict.fromkeys(house.targets(), 0), []
    for number in range(count):
        targets = house.targets()
        target = sorted(targets)[number % len(targets)]
        mend = spoil(targets[target], truncate if chance.random() < 0.3 else flip, chance)
        tried[target] += 1
        if said := what_is_wrong(house, target):
            wrong.append(said)
        mend()
        rollback(house.settings, house.second)
        part_names(house.settings)
    return tried, wrong


def test_damage_is_found_before_a_number_is_shown(house: House) -> None:
    tried, wrong = damage_many(house, 2 * len(house.targets()))
    assert wrong == []
    assert set(tried.values()) == {2}


@pytest.mark.slow
@pytest.mark.trial
def test_a_thousand_damages_are_found_before_a_number_is_shown(house: House) -> None:
    tried, wrong = damage_many(house, 1000)
    figures = {"kinds of file": len(tried)}
    record("damage", tried=sum(tried.values()), held=sum(tried.values()) - len(wrong), figures=figures)
    assert wrong == []


def test_an_untouched_house_raises_no_alarm(house: House) -> None:
    assert shelf(house.settings).alarms == []
    assert finish_switch(house.settings) == []


def test_a_file_that_is_missing_or_was_added_is_damage(house: House) -> None:
    folder = house.settings.published / house.second
    (folder / "kpi_serving.duckdb.wal").write_bytes(b"played in by whoever opens it")
    assert "kpi_serving.duckdb.wal was not certified" in shelf(house.settings).alarms[0]
    (folder / "kpi_serving.duckdb.wal").unlink()
    (folder / "checks.json").unlink()
    assert "checks.json is missing" in shelf(house.settings).alarms[0]
    assert online(house.settings) == shelf(house.settings).online


def test_a_log_beside_the_stable_path_is_taken_away(house: House) -> None:
    log = serving_file(house.settings).with_name("kpi_serving.duckdb.wal")
    log.write_bytes(b"of another file")
    assert "write-ahead log" in put_right(house.settings)[0]
    assert not log.exists()


def test_a_damaged_version_cannot_be_put_online(house: House) -> None:
    file = house.settings.published / house.first / "parquet/kpi_values.parquet"
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(Damaged, match=r"parquet/kpi_values\.parquet has changed"):
        rollback(house.settings, house.first)
    assert values_online(house.settings) == [("2026-05-01", 11), ("2026-06-01", 20)]
    assert [(one["version"], bool(one["damage"]), one["online"]) for one in list_versions(house.settings)] == [
        (house.second, False, True), (house.first, True, False)
    ]  # fmt: skip


def test_where_nothing_is_intact_nothing_is_shown(house: House) -> None:
    for name in (house.first, house.second):
        (house.settings.published / name / "manifest.json").write_bytes(b"{}")
    assert shelf(house.settings).online is None
    assert len(shelf(house.settings).alarms) == 2
    with pytest.raises(NothingPublished):
        read_kpi(house.settings, "spend")
    with pytest.raises(UnknownVersion, match=house.first):
        rollback(house.settings, "v000009-00000000")


def test_a_manifest_of_another_version_does_not_count(house: House) -> None:
    # Both files are whole and sealed, but they speak of another folder.
    for name in ("manifest.json", "manifest.json.sha256"):
        other = house.settings.published / house.first / name
        (house.settings.published / house.second / name).unlink()
        (house.settings.published / house.second / name).write_bytes(other.read_bytes())
    found = shelf(house.settings)
    assert (found.online and found.online.version, len(found.alarms)) == (house.first, 2)


def test_what_was_damaged_is_published_anew_and_retired(house: House) -> None:
    (house.settings.published / house.second / "checks.json").write_bytes(b"[]")
    third = publish(house.settings, NEW, "run-3")
    assert (shelf(house.settings).online.version, shelf(house.settings).alarms) == (third, [])  # type: ignore[union-attr]
    assert names(house.settings) == [third, house.second, house.first]


def test_a_stable_path_that_is_missing_is_put_there_again(house: House) -> None:
    serving_file(house.settings).unlink()
    assert "is missing" in put_right(house.settings)[0]
    assert values_online(house.settings) == [("2026-05-01", 11), ("2026-06-01", 20)]


def test_while_a_run_is_at_work_damage_is_only_said(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    (house.settings.published / "current").write_text("v000009-00000000\n")
    monkeypatch.setattr("orchestration.publish.lock.is_alive", lambda _: True)
    lock_path(house.settings).write_text(
        json.dumps({"run": "r", "pid": 1, "host": "h", "started": "today", "process_started": "x"})
    )
    said = put_right(house.settings)
    assert ["names no version" in said[0], "run r (process 1 on h" in said[1]] == [True, True]
    assert (house.settings.published / "current").read_text() == "v000009-00000000\n"


def test_a_file_that_cannot_be_read_is_damage(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(_: Path) -> str:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr("orchestration.publish.seals.digest_of", failing)
    assert "it cannot be read: [Errno 5]" in str(damage(house.settings, house.first))


def test_a_publish_in_the_middle_of_a_look_is_looked_at_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    # Retention takes the version away that the pointer named a moment ago: no alarm, for the pointer has moved on.
    pointed = iter([house.first, house.second, house.second, house.second])
    monkeypatch.setattr("orchestration.publish.version.pointed_at", lambda _: next(pointed))
    real = damage
    monkeypatch.setattr(
        "orchestration.publish.version.damage",
        lambda settings, name: "gone" if name == house.first else real(settings, name),
    )
    found = shelf(house.settings)
    assert (found.online and found.online.version, found.alarms) == (house.second, [])


def test_a_candidate_that_was_not_closed_cleanly_is_no_version(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    build(house.settings, [("2026-06-01", 33)], run="run-4")
    candidate_with_audit(house.settings)
    real = certifying.write_restatements

    def and_leave_a_log(settings: Settings, folder: Path, version: Version) -> None:
        real(settings, folder, version)
        (folder / "kpi_serving.duckdb.wal").touch()

    monkeypatch.setattr(certifying, "write_restatements", and_leave_a_log)
    with pytest.raises(certifying.Refused, match="not closed cleanly"):
        certifying.certify(house.settings, Rules())
    assert names(house.settings) == [house.second, house.first]


def test_what_was_reported_is_compared_from_an_intact_copy_or_not_at_all(house: House) -> None:
    place = reported(house.settings) / house.first / "kpi_values.parquet"
    content = place.read_bytes()
    place.unlink()
    place.write_bytes(content[:-1])
    assert len(diff(house.settings, house.first, house.second).rows) == 2  # May moved, June is new
    copy = house.settings.published / house.first / "parquet/kpi_values.parquet"
    copy.write_bytes(content[:-1])
    with pytest.raises(Damaged, match=f"is not what {house.first} reported"):
        diff(house.settings, house.first, house.second)


def test_a_step_that_is_not_what_was_kept_is_not_added_up(house: House) -> None:
    step = reported(house.settings) / house.second / "kpi_restatements.parquet"
    step.chmod(0o640)
    step.write_bytes(step.read_bytes()[:-1])
    with pytest.raises(Damaged, match="restore it from a backup"):
        diff(house.settings, house.first, house.second)


def test_where_the_disk_knows_no_second_names_there_are_copies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refusing(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr("os.link", refusing)
    settings = settings_at(tmp_path / "no links")
    publish(settings, OLD, "run-1")
    second = publish(settings, NEW, "run-2")
    assert serving_file(settings).stat().st_ino != (settings.published / second / "kpi_serving.duckdb").stat().st_ino
    assert (shelf(settings).alarms, finish_switch(settings)) == ([], [])
    assert values_online(settings) == [("2026-05-01", 11), ("2026-06-01", 20)]
