"""The account of one file: what it was read as and the fate of every row. In the lake it is the commit of a part."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

from orchestration.durable import write_json
from orchestration.ingest.keeping.outcome import FileOutcome
from orchestration.ingest.problems import Problem
from orchestration.settings import Settings

# Beside the manifests: the schema of an empty part, and what the table of exports was worked out from.
NO_MANIFESTS = {"_empty.json", "_exports.json"}


@dataclass(frozen=True)
class Manifest:
    """Everything that is known of a file that was read, or refused."""

    file_id: str
    sha256: str
    name: str
    status: Literal["loaded", "rejected"]
    source: str | None = None
    stream: str | None = None
    format: str | None = None
    contract: str | None = None
    landed_at: str | None = None
    exported_at: str | None = None
    bytes: int = 0
    container: str | None = None  # what the table was unpacked from, such as "Excel workbook"
    member: str | None = None  # the sheet
    encoding: str | None = None
    delimiter: str | None = None
    decimal: str | None = None
    header_line: int | None = None
    columns: dict[str, str] = field(default_factory=dict)
    ignored: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    suggestions: dict[str, str] = field(default_factory=dict)  # what an unknown header looks like
    rows: dict[str, int] = field(default_factory=dict)
    at_stake: str | None = None  # money in the rows that were refused, as far as it could be read
    window: tuple[str, str] | None = None  # first and last day of the rows
    declared: tuple[str, str] | None = None  # the days that the export says it covers
    breakdown: str | None = None
    account_id: str | None = None  # where a line around the table names it
    totals: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def outcome(self, name: str) -> FileOutcome:
        """The account as the outcome of a run; a file may lie there under a name of its own."""
        return FileOutcome(
            name, self.file_id, self.status, self.source, self.stream, self.format, dict(self.rows),
            self.declared or self.window,
            list(self.problems), list(self.notes), list(self.unknown), dict(self.suggestions),
        )  # fmt: skip

    def write(self, path: Path) -> None:
        """Write the manifest, whole or not at all."""
        path.parent.mkdir(parents=True, exist_ok=True)
        write_json(path, asdict(self))


def read_manifest(path: Path) -> Manifest:
    """One manifest."""
    content = json.loads(path.read_bytes())
    content["problems"] = [Problem(**problem) for problem in content["problems"]]
    for name in ("window", "declared"):
        content[name] = tuple(content[name]) if content.get(name) else None
    return Manifest(**content)


def lake_manifests(lake: Path) -> Iterable[Path]:
    """Where the manifests of the lake are."""
    return (path for path in sorted(lake.glob("*/*/_*.json")) if path.name not in NO_MANIFESTS)


def read_manifests(settings: Settings) -> list[Manifest]:
    """Of every file in the lake, and of every rejected file."""
    paths = [*lake_manifests(settings.lake), *sorted(settings.quarantine.glob("*.json"))]
    return [read_manifest(path) for path in paths]
