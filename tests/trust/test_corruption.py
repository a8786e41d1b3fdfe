"""Exports that are spoilt in hundreds of ways: stopped before a headline moves; and clean days, which go through."""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import pytest

from tests.models.dbt_runs import build as build_by_dbt
from tests.trust.corruption.built import contents
from tests.trust.corruption.deliveries import BEFORE, TODAY, delivery
from tests.trust.corruption.mutants import in_rounds, mutants
from tests.trust.corruption.replay import Replay, stretches
from tests.trust.corruption.trial import Fate, Trials, first_objection
from tests.trust.journal import Journal
from tests.trust.record import record

FEWEST, CLEAN_DAYS = 500, 365


@pytest.fixture(scope="module")
def trials(tmp_path_factory: pytest.TempPathFactory) -> Trials:
    return Trials(tmp_path_factory.mktemp("corruption"))


@pytest.mark.slow
@pytest.mark.trial
def test_the_tables_of_a_trial_are_those_of_dbt(trials: Trials) -> None:
    build_by_dbt(trials.house, ["run", "--quiet"])
    theirs = contents(trials.house.warehouse, trials.project.models)
    assert {name for name, ours in trials.contents.items() if ours != theirs[name]} == set()


@pytest.mark.slow
@pytest.mark.trial
def test_mutants_that_move_a_headline_are_stopped(request: pytest.FixtureRequest) -> None:
    every, journal = in_rounds(mutants(delivery(TODAY), delivery(BEFORE[-1]))), Journal("corruption")
    for mutant in every:
        if mutant.name not in journal.found and journal.has_time:
            trials = request.getfixturevalue("trials")
            if "clean" not in journal.found:
                journal.keep("clean", first_objection(trials.house))
            journal.keep(mutant.name, asdict(trials.of(mutant)))
    assert journal.found["clean"] == ""
    fates = {one.name: Fate(**journal.found[one.name]) for one in every if one.name in journal.found}
    figures = {"mutants there are": len(every)} | counted(fates)
    moving = {name: fate for name, fate in fates.items() if fate.moves}
    slips = [f"{name} ({told(fate)})" for name, fate in moving.items() if fate.is_slip]
    record("corruption", tried=len(moving), held=len(moving) - len(slips), figures=figures, slips=slips)
    assert len(slips) <= len(moving) * 0.01, slips


@pytest.mark.slow
@pytest.mark.trial
def test_clean_days_are_not_held(tmp_path: Path) -> None:
    replay, journal = Replay(tmp_path / "house"), Journal("clean_days")
    for stretch in stretches(CLEAN_DAYS):
        if not {str(day) for day in stretch} <= journal.found.keys():
            for day in replay.days(stretch) if journal.has_time else []:
                journal.keep(str(day.day), day.held_by)
                if not journal.has_time:
                    break
    held = [f"{day}: {'; '.join(held_by)}" for day, held_by in sorted(journal.found.items()) if held_by]
    figures = {"days of the year": CLEAN_DAYS}
    record("clean_days", tried=len(journal.found), held=len(journal.found) - len(held), figures=figures, slips=held)
    assert len(held) <= len(journal.found) * 0.01, held


def test_there_are_hundreds_of_mutants_and_each_is_another_delivery() -> None:
    every = mutants(delivery(TODAY), delivery(BEFORE[-1]))
    assert len(every) > FEWEST
    assert len({mutant.name for mutant in every}) == len(every)
    rounds = in_rounds(every)
    assert {mutant.name for mutant in rounds} == {mutant.name for mutant in every}
    # Each round has some of every file, its mutants together.
    first = [mutant.file for mutant in rounds[: len(every) // 4]]
    assert first == sorted(first)
    assert set(first) == {mutant.file for mutant in every}


def counted(fates: Mapping[str, Fate]) -> dict[str, int]:
    """How many there were, and how they ended."""
    return {
        "tried": len(fates),
        "refused as they landed": sum(fate.stopped == "refused" for fate in fates.values()),
        "moved no headline": sum(fate.stopped == "harmless" for fate in fates.values()),
        "moved one": sum(fate.moves for fate in fates.values()),
        "of these stopped": sum(fate.moves and not fate.is_slip for fate in fates.values()),
    }


def told(fate: Fate) -> str:
    """How far it moved what."""
    return f"{fate.moved:.1%}: {', '.join(fate.kpis)}"
