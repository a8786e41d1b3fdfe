"""Exports that are spoilt in hundreds of ways: stopped before a headline moves; and clean days, which go through."""

from pathlib import Path

import pytest

from tests.models.dbt_runs import build as build_by_dbt
from tests.trust.corruption.built import contents
from tests.trust.corruption.deliveries import BEFORE, TODAY, delivery
from tests.trust.corruption.mutants import mutants, some
from tests.trust.corruption.replay import replay, stretches
from tests.trust.corruption.trial import Fate, Trials, first_objection
from tests.trust.record import record

MUTANTS, CLEAN_DAYS = 540, 365


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
def test_mutants_that_move_a_headline_are_stopped(trials: Trials) -> None:
    assert first_objection(trials.house) == ""
    chosen = some(mutants(trials.today, trials.last_week), MUTANTS)
    fates = {mutant.name: trials.of(mutant) for mutant in chosen}
    moving = {name: fate for name, fate in fates.items() if fate.moves}
    slips = [f"{name} ({told(fate)})" for name, fate in moving.items() if fate.is_slip]
    figures = {
        "mutants": len(fates),
        "refused as they landed": sum(fate.stopped == "refused" for fate in fates.values()),
        "moved no headline": sum(fate.stopped == "harmless" for fate in fates.values()),
    }
    record("corruption", tried=len(moving), held=len(moving) - len(slips), figures=figures, slips=slips)
    assert len(slips) <= len(moving) * 0.01, slips


@pytest.mark.slow
@pytest.mark.trial
def test_clean_days_are_not_held(tmp_path: Path) -> None:
    days = [day for stretch in stretches(CLEAN_DAYS) for day in replay(tmp_path / "house", stretch)]
    held = [f"{day.day}: {'; '.join(day.held_by)}" for day in days if day.held_by]
    record("clean_days", tried=len(days), held=len(days) - len(held), slips=held)
    assert len(held) <= len(days) * 0.01, held


def test_there_are_hundreds_of_mutants_and_each_is_another_delivery() -> None:
    every = mutants(delivery(TODAY), delivery(BEFORE[-1]))
    assert len(every) > MUTANTS
    assert len({mutant.name for mutant in every}) == len(every)
    assert some(every, MUTANTS) == some(every, MUTANTS)


def told(fate: Fate) -> str:
    """How far it moved what."""
    return f"{fate.moved:.1%}: {', '.join(fate.kpis)}"
