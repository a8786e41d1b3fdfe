"""Says how a file would be read, what would happen to each row and what it would replace, changing nothing."""

import time
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from orchestration.ingest import keys
from orchestration.ingest.keeping import archive, rivals
from orchestration.ingest.keeping.manifest import Manifest
from orchestration.ingest.keeping.outcome import FileOutcome, Status
from orchestration.ingest.keeping.rivals import Rival
from orchestration.ingest.landing.staging import Unavailable, stage
from orchestration.ingest.opening import Opened, open_export
from orchestration.ingest.read import Read, read, session
from orchestration.ingest.recognition.candidates import Refused
from orchestration.ingest.recognition.headers import Match
from orchestration.ingest.recognition.recognise import runner_up
from orchestration.ingest.recognition.suggestions import suggestions
from orchestration.ingest.run import Run, start, workspace
from orchestration.settings import Settings


@dataclass(frozen=True)
class ExplainedColumn:
    """One header of the file and what becomes of its cells."""

    header: str
    fate: str  # read, compared, split, ignored or unknown
    column: str | None = None
    suggestion: str | None = None


@dataclass
class Explanation:
    """Everything that is known of a file before it is loaded."""

    outcome: FileOutcome
    title: str | None = None
    runner_up: str | None = None
    container: str | None = None
    dialect: dict[str, Any] = field(default_factory=dict)
    columns: list[ExplainedColumn] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    totals: list[dict[str, Any]] = field(default_factory=list)
    breakdown: str | None = None
    declared: tuple[str, str] | None = None
    exported_at: str | None = None
    is_known: bool = False
    rivals: list[Rival] = field(default_factory=list)

    def record(self) -> dict[str, Any]:
        """For machines: the outcome as every command tells it, and all the rest."""
        rest = asdict(self)
        outcome = rest.pop("outcome")
        return outcome | {"file": self.outcome.path, "rows_in_file": self.outcome.rows_in_file} | rest


def explain(path: Path, settings: Settings) -> Explanation:
    """What ingest would make of a file, worked out in a folder that is thrown away."""
    started = time.monotonic()
    run = start(settings, key=keys.known_key(settings) or "explaining shows no keys")
    with workspace(None) as folder:
        try:
            staged = stage(path, folder / "staged")
        except Unavailable as error:
            return Explanation(FileOutcome(path.name, "", "rejected", problems=[error.problem(path.name)]))
        opened = open_export(staged.path, path.name, staged.lines, folder, run.readers)
        if isinstance(opened, Refused):
            return _of_refused(path.name, staged.file_id, opened)
        entry = archive.entry_of(staged, path.name, folder / "archive")
        contract = run.contracts[(opened.found.match.source, opened.found.match.name)]
        with session(run.circumstances, folder) as conn:
            result = read(conn, opened, entry, contract, run.circumstances, folder)
            explanation = _of_read(conn, run, opened, result, folder / "part.parquet")
    explanation.outcome = result.manifest.outcome(path.name)
    explanation.outcome.seconds = time.monotonic() - started
    return explanation


def _of_refused(name: str, file_id: str, refused: Refused) -> Explanation:
    status: Status = "rejected" if refused.is_rejected else "unrecognised"
    explanation = Explanation(FileOutcome(name, file_id, status, problems=[refused.problem]))
    if refused.nearest is not None and refused.nearest.cells:
        explanation.runner_up = _named(refused.nearest)
        explanation.columns = _columns(refused.nearest, suggestions(refused.nearest))
    return explanation


def _of_read(conn: duckdb.DuckDBPyConnection, run: Run, opened: Opened, result: Read, part: Path) -> Explanation:
    manifest, match = result.manifest, opened.found.match
    second = runner_up(opened.table.path, opened.found, run.readers)
    return Explanation(
        FileOutcome(manifest.name, manifest.file_id, manifest.status),
        title=match.form.title,
        runner_up=_named(second) if second else None,
        container=manifest.container,
        dialect=_dialect(manifest),
        columns=_columns(match, manifest.suggestions),
        facts=dict(result.plan.facts.said),
        totals=manifest.totals,
        breakdown=manifest.breakdown,
        declared=manifest.declared,
        exported_at=manifest.exported_at,
        is_known=run.settings.lake.joinpath(
            str(manifest.source), str(manifest.stream), f"_{manifest.file_id}.json"
        ).exists(),
        rivals=rivals.rivals(conn, run.settings.lake, manifest, match.stream, part),
    )


def _dialect(manifest: Manifest) -> dict[str, Any]:
    return {
        "encoding": manifest.encoding,
        "delimiter": manifest.delimiter,
        "decimal": manifest.decimal,
        "header_line": manifest.header_line,
    }


def _named(match: Match) -> str:
    """A reader and, where it does not fit, why."""
    lacks = [match.form.columns[column].headers[:1] or [column] for column in match.missing]
    why = f", but it lacks {', '.join(repr(names[0]) for names in lacks)}" if lacks else ""
    if match.forbidden:
        why = f", but it never has {', '.join(map(repr, match.forbidden))}"
    return f"{match.source}/{match.form.stream} ({match.form.title}){why}"


def _columns(match: Match, suggestions: dict[str, str]) -> list[ExplainedColumn]:
    """Every header in the order of the file."""
    fates: dict[int, tuple[str, str | None]] = {place: ("ignored", None) for place in match.ignored}
    fates |= {place: ("unknown", None) for place in match.unknown}
    fates |= {place: ("split", None) for place in match.dimension_cells}
    fates |= {place: ("split", f"member ({name})") for name, place in match.breakdown.items()}
    fates |= {place: ("compared", column) for column, place in match.same_as.items()}
    fates |= {place: ("read", column) for column, places in match.repeated.items() for place in places}
    fates |= {place: ("read", column) for column, place in match.mapping.items()}
    return [
        ExplainedColumn(cell.strip(), *fates.get(place, ("ignored", None)), suggestions.get(cell.strip()))
        for place, cell in enumerate(match.cells)
    ]
