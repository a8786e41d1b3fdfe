"""Killed anywhere, a refresh leaves the old version or the new one; a plain re-run ends where nothing had happened."""

import itertools
import random
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from orchestration.publish.lock import lock_path
from tests.trust.conftest import Start
from tests.trust.faults import STEPS, Fault
from tests.trust.house import NEW, OLD, copy_of, facts_of, lake_rows, readable, remove
from tests.trust.nursery import Nursery
from tests.trust.record import record

RANDOM_SEED = 20261128
Plan = list[tuple[Start, Sequence[Fault]]]
IN_A_ROW = 5
# There is nothing to retire, nothing to compare and nothing that was left behind when the first version is published.
NOT_AT_FIRST = {"an old version is out of sight"}
ROWS = 2 + 2 + 1500  # of spend, in OLD and in NEW; the row that is set aside left out


def at_steps(whens: Iterable[str]) -> list[Fault]:
    return [Fault(step=step, when=when) for step in STEPS for when in whens]


def at_random(count: int, seconds: float) -> list[Fault]:
    chance = random.Random(RANDOM_SEED)
    return [Fault(after_seconds=chance.uniform(0, seconds)) for _ in range(count)]


def trial(workers: Nursery, start: Start, faults: Sequence[Fault], place: Path) -> tuple[int, str]:
    """How many of the kills hit a living process, and what was wrong afterwards; nothing is what must be.

    Several faults meet one refresh after the other, each the wreck of the one before; then comes one plain re-run.
    """
    settings, killed = copy_of(start.folder, place), 0
    try:
        for fault in faults:
            ended = workers.refresh(place, fault)
            killed += ended.killed
            assert ended.killed or not fault.step, "the step was never reached"
            readable(settings, start.allowed)
        again = workers.refresh(place)
        assert again.code == 0, again.said
        assert facts_of(settings) == start.after
        assert lake_rows(settings) == ROWS
    except AssertionError as error:
        return killed, f"{faults}: {error}"
    finally:
        remove(place)
    return killed, ""


def kill_all(workers: Nursery, plan: Plan, folder: Path) -> tuple[int, list[str]]:
    """How many of the kills hit a living process, and everything that went wrong."""
    places = (folder / str(number) for number in itertools.count())
    jobs = [workers.pool.submit(trial, workers, start, faults, next(places)) for start, faults in plan]
    results = [job.result() for job in jobs]
    return sum(killed for killed, _ in results), [wrong for _, wrong in results if wrong]


def test_fifty_kills_lose_and_double_nothing(workers: Nursery, starts: dict[str, Start], tmp_path: Path) -> None:
    # Five in a row, each at a later step than the one before, cost half of what five with a re-run each do.
    steps = [fault for number, fault in enumerate(at_steps(("before", "after"))) if number % 2 == number // 2 % 2]
    rows = -(-len(steps) // IN_A_ROW)
    plan: Plan = [(starts["second"], steps[first::rows]) for first in range(rows)]
    chance = at_random(50 - len(steps), starts["first"].seconds)
    plan += [(starts["first"], chance[first::2]) for first in range(2)]
    killed, wrong = kill_all(workers, plan, tmp_path)
    assert wrong == []
    assert killed >= len(steps)


@pytest.mark.parametrize("sent", ["SIGTERM", "SIGINT"])
def test_a_run_that_is_asked_to_end_is_as_if_it_had_been_killed(
    workers: Nursery, starts: dict[str, Start], tmp_path: Path, sent: str
) -> None:
    start = starts["second"]
    settings = copy_of(start.folder, tmp_path / "house")
    for step in ("parts are flushed", "the marts are copied", "the pointer is switched"):
        ended = workers.refresh(tmp_path / "house", Fault(step=step, signal=sent))
        assert ended.killed or ended.code == 1, ended.said
        assert "Traceback" not in ended.said
        # Ctrl-C tidies up behind itself; who is ended otherwise leaves a lock that the next run knows for stale.
        assert lock_path(settings).exists() == ended.killed
        readable(settings, start.allowed)
    assert workers.refresh(tmp_path / "house").code == 0
    assert facts_of(settings) == start.after


@pytest.mark.slow
@pytest.mark.trial
def test_a_thousand_kills_lose_and_double_nothing(workers: Nursery, starts: dict[str, Start], tmp_path: Path) -> None:
    faults = [(start, fault) for start in starts.values() for fault in at_steps(("before", "after"))]
    faults = [(start, fault) for start, fault in faults if start.before or fault.step not in NOT_AT_FIRST]
    for number, start in enumerate(starts.values()):
        faults += [(start, fault) for fault in at_random((1000 - len(faults)) // (2 - number), start.seconds)]
    killed, wrong = kill_all(workers, [(start, [fault]) for start, fault in faults], tmp_path)
    figures = {"named steps": len(STEPS), "died of it": killed}
    record("kills", tried=len(faults), held=len(faults) - len(wrong), figures=figures)
    assert wrong == []
    assert killed >= 900


def test_the_small_house_is_one(starts: dict[str, Start]) -> None:
    # By hand: 10 and 20, 40 and 50; 1,500 cents are 15; every row weighs a thousandth, so 1,500 rows weigh 1.5.
    months = [f"2026-{month:02d}-01" for month in (1, 2, 4, 5, 6)]
    expected = list(zip(months, [10.001, 20.001, 40.001, 50.001, 16.5], strict=True))
    for start in starts.values():
        assert [(month, float(value)) for month, value in start.after.values] == expected
        assert set(start.after.rows) == {*OLD, *NEW}
    assert starts["first"].after.content_hash == starts["second"].after.content_hash
