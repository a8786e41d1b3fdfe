"""The catalogue of faults: every case is made, landed and ends as its table says, or stands there with its reason."""

import os
import shutil
from pathlib import Path

import pytest

from orchestration.ingest import lake
from orchestration.ingest.contracts import load_sources
from orchestration.ingest.outcome import FileOutcome
from tests.faults import structure, values
from tests.faults.case import Case
from tests.ingest_files import Landing

CASES: list[Case] = [*values.CASES, *structure.CASES]
RUN = [case for case in CASES if case.content is not None or case.steps is not None]


@pytest.fixture(scope="session")
def empty_lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every stream without a row: made once, because there are many cases."""
    folder = tmp_path_factory.mktemp("lake")
    lake.prepare(folder, load_sources())
    return folder


@pytest.fixture
def landing(tmp_path: Path, empty_lake: Path) -> Landing:
    landing = Landing(tmp_path)
    shutil.copytree(empty_lake, landing.settings.lake, copy_function=os.link)
    return landing


@pytest.mark.parametrize("case", RUN, ids=lambda case: f"{case.id} {case.fault}")
def test_a_fault_ends_as_the_table_says(landing: Landing, case: Case) -> None:
    outcome = case.steps(landing) if case.steps else landing.outcome(case.name, case.content or "")
    said = " ".join([*map(str, outcome.problems), *outcome.remarks])
    assert ended(outcome) == case.outcome, said
    assert case.says in said
    if case.loaded is not None:
        assert outcome.rows["loaded"] == case.loaded


def ended(outcome: FileOutcome) -> str:
    """The outcome in the words of the catalogue."""
    if outcome.status == "loaded":
        return "row rejected" if outcome.rows["rejected"] else "accepted"
    return {"rejected": "file rejected", "known": "skipped"}.get(outcome.status, outcome.status)
