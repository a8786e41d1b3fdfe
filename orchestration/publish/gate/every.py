"""Every question to a candidate, in the order of their ids, and one pass over all of them."""

import json
from datetime import date
from pathlib import Path

from pydantic import BaseModel

from orchestration import durable
from orchestration.publish.candidate import SERVING, candidate_folder, read_candidate
from orchestration.publish.gate import (
    again,
    amounts,
    arrivals,
    columns,
    conservation,
    copies,
    days,
    deletions,
    documents,
    freshness,
    headlines,
    histories,
    hours,
    moments,
    newcomers,
    orphans,
    records,
    refunds,
    restatements,
    sheets,
    spend,
    standstill,
    together,
    twins,
    units,
    volumes,
    words,
    zeros,
)
from orchestration.publish.gate.guard import Guard
from orchestration.publish.gate.history import History, open_history
from orchestration.rules import Rules
from orchestration.settings import Settings

SUBJECTS = (
    again, amounts, arrivals, columns, conservation, copies, days, deletions, documents, freshness, headlines,
    histories, hours, moments, newcomers, orphans, records, refunds, restatements, sheets, spend, standstill,
    together, twins, units, volumes, words, zeros,
)  # fmt: skip
EVERY: list[Guard] = sorted((guard for subject in SUBJECTS for guard in subject.GUARDS), key=lambda guard: guard.id)


class Verdict(BaseModel):
    """What became of one question."""

    id: str
    passed: bool
    observed: str


class Verdicts(BaseModel):
    """All verdicts on exactly one candidate."""

    content_hash: str
    verdicts: list[Verdict]


def look(settings: Settings, rules: Rules, as_of: date, candidate: Path) -> list[Verdict]:
    """Ask everything of the marts in a DuckDB file: a candidate's, or the warehouse."""
    with open_history(settings, rules, as_of, candidate) as history:
        return [ask(guard, history) for guard in EVERY]


def look_at_candidate(settings: Settings, rules: Rules) -> list[Verdict]:
    """Ask everything of the candidate that waits, and keep the verdicts beside it."""
    candidate = read_candidate(settings)
    verdicts = look(settings, rules, candidate.as_of, candidate_folder(settings) / SERVING)
    keep_verdicts(settings, verdicts)
    return verdicts


def keep_verdicts(settings: Settings, verdicts: list[Verdict]) -> None:
    """Keep verdicts beside the candidate that they speak of."""
    kept = Verdicts(content_hash=read_candidate(settings).content_hash, verdicts=verdicts)
    durable.write_model(candidate_folder(settings) / "gate.json", kept)


def read_verdicts(settings: Settings, content_hash: str) -> list[Verdict]:
    """The verdicts on these very bytes; none where nobody asked."""
    path = candidate_folder(settings) / "gate.json"
    if not path.exists():
        return []
    kept = Verdicts.model_validate(json.loads(path.read_bytes()))
    return kept.verdicts if kept.content_hash == content_hash else []


def ask(guard: Guard, history: History) -> Verdict:
    """The answer to one question."""
    try:
        seen = guard.look(history)
    except Exception as error:
        # A question that cannot be answered is answered with no; what went wrong is told with it.
        line = str(error).strip().splitlines() or [type(error).__name__]
        return Verdict(id=guard.id, passed=False, observed=f"could not be computed: {line[0][:300]}")
    return Verdict(id=guard.id, passed=not seen.wrong, observed=seen.observed)
