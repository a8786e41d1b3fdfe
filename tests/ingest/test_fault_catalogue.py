"""The catalogue of faults: every case is made, landed and ends as its table says, or stands there with its reason."""

import ast

import pytest

from orchestration.ingest.keeping.outcome import FileOutcome
from orchestration.settings import ROOT
from tests.ingest.faults import arrival, crm, metrics, platforms, runtime, security, structure, values
from tests.ingest.faults.case import Case
from tests.ingest.ingest_files import Landing

SECTIONS_OF_TABLE = (arrival, values, structure, platforms, crm, metrics, runtime, security)
CASES: list[Case] = [case for section in SECTIONS_OF_TABLE for case in section.CASES]
SECTIONS = {"A": 26, "B": 26, "C": 19, "D": 28, "E": 25, "F": 11, "G": 26, "H": 10}
# What cannot be decided yet, and why, stands in the table; the number may only fall.
NOT_RUN = 7
RUN = [case for case in CASES if case.content is not None or case.steps is not None]


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


def test_every_fault_of_the_catalogue_is_in_the_table_once() -> None:
    wanted = [f"{section}{number:02d}" for section, last in SECTIONS.items() for number in range(1, last + 1)]
    assert list(dict.fromkeys(case.id for case in CASES)) == wanted, "missing, or not in one place"
    names = [(case.id, case.fault) for case in CASES]
    assert len(set(names)) == len(names)


def test_a_case_is_run_here_or_elsewhere_or_says_why_not() -> None:
    for case in CASES:
        ways = [case.content is not None or case.steps is not None, bool(case.proved_by), bool(case.reason)]
        assert sum(ways) == 1, case.id
    assert sum(bool(case.reason) for case in CASES) <= NOT_RUN


@pytest.mark.parametrize("place", sorted({case.proved_by for case in CASES if case.proved_by}))
def test_a_proof_elsewhere_is_there(place: str) -> None:
    file, _, function = place.partition("::")
    names = {node.name for node in ast.walk(ast.parse((ROOT / file).read_text())) if isinstance(node, ast.FunctionDef)}
    assert function in names
