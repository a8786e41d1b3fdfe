"""Killed anywhere, a refresh leaves the old version or the new one; a plain re-run ends where nothing had happened."""

import itertools
import random
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.trust.conftest import Start
from tests.trust.faults import STEPS, Fault
from tests.trust.house import NEW, OLD, copy_of, facts_of, lake_rows, readable, remove
from tests.trust.nursery import Nursery
from tests.trust.record import record

RANDOM_SEED = 20261128
ROWS = 2 + 2 + 1500  # of spend, in OLD and in NEW; the row that is set aside left out


def at_steps(whens: Iterable[str]) -> list[Fault]:
    return [Fault(step=step, when=when) for step in STEPS for when in whens]


def at_random(count: int, seconds: float) -> list[Fault]:
    chance = random.Random(RANDOM_SEED)
    return [Fault(after_seconds=chance.uniform(0, seconds)) for _ in range(count)]


def one_kill(workers: Nursery, start: Start, fault: Fault, place: Path) -> tuple[bool, str]:
    """Whether the process died of it, and what was wrong afterwards; nothing is what must be."""
    settings = copy_of(start.folder, place)
    ended = workers.refresh(place, fault)
    try:
        assert ended.killed or not fault.step, "the step was never reached"
        readable(settings, start.allowed)
        again = workers.refresh(place)
        assert again.code == 0, again.said
        assert facts_of(settings) == start.after
        assert lake_rows(settings) == ROWS
    except AssertionError as error:
        return ended.killed, f"{fault}: {error}"
    finally:
        remove(place)
    return ended.killed, ""


def kill_all(workers: Nursery, plan: list[tuple[Start, Fault]], folder: Path) -> tuple[int, list[str]]:
    """How many of the kills hit a living process, and everything that went wrong."""
    places = (folder / str(number) for number in itertools.count())
    jobs = [workers.pool.submit(one_kill, workers, start, fault, next(places)) for start, fault in plan]
    results = [job.result() for job in jobs]
    return sum(killed for killed, _ in results), [wrong for _, wrong in results if wrong]


def test_fifty_kills_lose_and_double_nothing(workers: Nursery, starts: dict[str, Start], tmp_path: Path) -> None:
    steps = [fault for number, fault in enumerate(at_steps(("before", "after"))) if number % 2 == number // 2 % 2]
    plan = [(starts["second"], fault) for fault in steps]
    plan += [(starts["first"], fault) for fault in at_random(50 - len(steps), starts["first"].seconds)]
    killed, wrong = kill_all(workers, plan, tmp_path)
    record("kills", tried=len(plan), held=len(plan) - len(wrong), figures={"named steps": len(STEPS)})
    assert wrong == []
    assert killed >= len(steps)


@pytest.mark.slow
def test_a_thousand_kills_lose_and_double_nothing(
    workers: Nursery, starts: dict[str, Start], tmp_path: Path
) -> None:
    plan = [(start, fault) for start in starts.values() for fault in at_steps(("before", "after"))]
    plan = [(start, fault) for start, fault in plan if start is starts["second"] or "old version" not in fault.step]
    left = 1000 - len(plan)
    plan += [(starts["first"], fault) for fault in at_random(left // 2, starts["first"].seconds)]
    plan += [(starts["second"], fault) for fault in at_random(left - left // 2, starts["second"].seconds)]
    killed, wrong = kill_all(workers, plan, tmp_path)
    record("kills", tried=len(plan), held=len(plan) - len(wrong), figures={"steps": len(STEPS), "died of it": killed})
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
