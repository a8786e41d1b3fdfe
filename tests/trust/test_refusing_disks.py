"""A disk that refuses: the old version stays online, the message names path and next step, a plain re-run succeeds."""

import itertools
import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from orchestration.publish.space import NoSpace
from orchestration.rules import load_rules
from orchestration.run.refresh import refresh
from tests.trust.conftest import Start
from tests.trust.faults import DISK_CALLS, Fault
from tests.trust.house import copy_of, facts_of, readable, remove, settings_of
from tests.trust.nursery import Ended, Nursery
from tests.trust.record import record

ROOMY = 64 * 1024  # kB
FREE = range(200, 3000, 100)  # kB; a run is told to need more
ERRORS = ("ENOSPC", "EIO", "EROFS")


def faults(start: Start, count: int) -> list[Fault]:
    """So many of all calls by which a refresh uses the disk, evenly from the first to the last, of every kind."""
    every = [(call, nth) for call in DISK_CALLS for nth in range(1, start.calls[call] + 1)]
    chosen = [every[number * len(every) // count] for number in range(min(count, len(every)))]
    return [Fault(call=call, nth=nth, error=ERRORS[i % len(ERRORS)]) for i, (call, nth) in enumerate(chosen)]


def says_what_to_do(ended: Ended, folder: Path) -> bool:
    """Whether the message names a path in the house and the next step."""
    return str(folder) in ended.said and "then run `duet refresh` again" in ended.said


def one_refusal(workers: Nursery, start: Start, fault: Fault, place: Path) -> tuple[bool, str]:
    """Whether the refresh failed of it, and what was wrong afterwards; nothing is what must be."""
    settings = copy_of(start.folder, place)
    try:
        ended = workers.refresh(place, fault)
        readable(settings, start.allowed)
        # A second name that the disk refuses is replaced by a copy, and what was only tidied may stay: no failure then.
        if ended.code == 0:
            assert facts_of(settings).content_hash == start.after.content_hash
        else:
            assert says_what_to_do(ended, place), ended.said
        again = workers.refresh(place)
        assert again.code == 0, again.said
        assert facts_of(settings) == start.after
    except AssertionError as error:
        return False, f"{fault}: {error}"
    finally:
        remove(place)
    return ended.code != 0, ""


def refuse_all(workers: Nursery, start: Start, plan: Sequence[Fault], folder: Path) -> tuple[int, list[str]]:
    places = (folder / str(number) for number in itertools.count())
    jobs = [workers.pool.submit(one_refusal, workers, start, fault, next(places)) for fault in plan]
    results = [job.result() for job in jobs]
    return sum(failed for failed, _ in results), [wrong for _, wrong in results if wrong]


def test_refused_calls_change_nothing(workers: Nursery, starts: dict[str, Start], tmp_path: Path) -> None:
    plan = faults(starts["second"], 10)
    failed, wrong = refuse_all(workers, starts["second"], plan, tmp_path)
    assert wrong == []
    assert failed >= len(plan) // 2


@pytest.mark.slow
@pytest.mark.trial
def test_two_hundred_refused_calls_change_nothing(workers: Nursery, starts: dict[str, Start], tmp_path: Path) -> None:
    plan = faults(starts["second"], 200)
    failed, wrong = refuse_all(workers, starts["second"], plan, tmp_path)
    kinds = {call: starts["second"].calls[call] for call in DISK_CALLS}
    figures = {"ended the refresh": failed, "calls of one refresh": kinds}
    record("refused_calls", tried=len(plan), held=len(plan) - len(wrong), figures=figures)
    assert wrong == []


@contextmanager
def small_disk(place: Path) -> Iterator[None]:
    """A disk of its own at a place, whose size can be set; the test is skipped where nobody may make one."""
    place.mkdir(parents=True)
    if os.geteuid() != 0:
        pytest.skip("only root can mount a disk of a chosen size")
    options = ["-t", "tmpfs", "-o", f"size={ROOMY}k,mode=0750", "tmpfs", str(place)]
    mounted = subprocess.run(["mount", *options], capture_output=True, text=True, check=False)
    if mounted.returncode:
        pytest.skip(f"no disk of a chosen size can be mounted here: {mounted.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def resize(place: Path, kilobytes: int) -> None:
    subprocess.run(["mount", "-o", f"remount,size={kilobytes}k", str(place)], check=True)


def used_kilobytes(place: Path) -> int:
    return int(re.findall(r"\d+", subprocess.check_output(["df", "-k", "--output=used", str(place)], text=True))[0])


def filled_up(workers: Nursery, start: Start, kilobytes: int, place: Path) -> tuple[bool, str]:
    """Whether a refresh ran out of this much space, and what was wrong afterwards."""
    with small_disk(place):
        subprocess.run(["cp", "-a", *(str(path) for path in start.folder.iterdir()), str(place)], check=True)
        resize(place, used_kilobytes(place) + kilobytes)
        settings = settings_of(place)
        try:
            ended = workers.refresh(place)
            readable(settings, start.allowed)
            assert ended.code == 0 or says_what_to_do(ended, place), ended.said
            resize(place, ROOMY)
            again = workers.refresh(place)
            assert again.code == 0, again.said
            assert facts_of(settings) == start.after
        except AssertionError as error:
            return False, f"{kilobytes} kB: {error}"
        return ended.code != 0, ""


@pytest.mark.parametrize("kilobytes", [65, 2000])
def test_a_full_disk_changes_nothing(
    workers: Nursery, starts: dict[str, Start], tmp_path: Path, kilobytes: int
) -> None:
    failed, wrong = filled_up(workers, starts["second"], kilobytes, tmp_path / "disk")
    assert (failed, wrong) == (True, "")


def test_a_disk_without_room_for_a_run_is_left_alone(
    workers: Nursery, starts: dict[str, Start], tmp_path: Path
) -> None:
    start, place = starts["second"], tmp_path / "disk"
    with small_disk(place):
        subprocess.run(["cp", "-a", *(str(path) for path in start.folder.iterdir()), str(place)], check=True)
        settings = settings_of(place).model_copy(update={"space_per_run": 3})
        before, used, held = everything_in(settings.data_dir), used_kilobytes(place), 0
        for kilobytes in FREE:
            resize(place, used + kilobytes)
            with pytest.raises(NoSpace) as refused:
                refresh(settings, load_rules(settings.config), lambda _: None)
            said = str(refused.value)
            assert re.search(
                rf"^{settings.data_dir}: [0-3]\.\d MB are free on its disk, and this run needs about \d", said
            )
            assert "3 MB for any run and 6 times" in said
            assert "free some space on that disk, then run `duet refresh` again" in said
            held += everything_in(settings.data_dir) == before
        resize(place, ROOMY)
        record("no_room", tried=len(FREE), held=held, figures={"free, kB": f"{FREE[0]} to {FREE[-1]}"})
        assert held == len(FREE)
        assert workers.refresh(place).code == 0
        assert facts_of(settings) == start.after


def everything_in(folder: Path) -> dict[str, tuple[int, int]]:
    """Size and date of every file but the lock's own guard."""
    files = [path for path in folder.rglob("*") if path.is_file() and path.name != "run.guard"]
    return {str(path): (path.stat().st_size, path.stat().st_mtime_ns) for path in files}


@pytest.mark.slow
@pytest.mark.trial
def test_disks_of_forty_sizes_that_fill_up_change_nothing(
    workers: Nursery, starts: dict[str, Start], tmp_path: Path
) -> None:
    sizes = [8 * 1.21**step for step in range(40)]
    results = [filled_up(workers, starts["second"], round(size), tmp_path / f"{size:.0f}") for size in sizes]
    wrong = [one for _, one in results if one]
    figures = {"ran full": sum(failed for failed, _ in results), "left free, kB": f"{sizes[0]:.0f} to {sizes[-1]:.0f}"}
    record("full_disks", tried=len(sizes), held=len(sizes) - len(wrong), figures=figures)
    assert wrong == []
