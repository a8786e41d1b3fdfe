"""What became of each file of a run."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from orchestration.ingest.problems import Problem

Status = Literal["loaded", "rejected", "unrecognised", "known"]
MOST_COLUMNS = 10  # named in one line
FATES = ("loaded", "rejected", "total", "note", "blank")


@dataclass
class FileOutcome:
    """One file: how it was recognised and the fate of each of its rows."""

    path: str
    file_id: str
    status: Status
    source: str | None = None
    stream: str | None = None
    format: str | None = None
    rows: dict[str, int] = field(default_factory=dict)
    window: tuple[str, str] | None = None
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unknown_columns: list[str] = field(default_factory=list)
    suggestions: dict[str, str] = field(default_factory=dict)  # what an unknown header looks like
    seconds: float = 0.0

    @property
    def strange_columns(self) -> list[str]:
        """The headers that nobody declared, each with what it looks like."""
        hints = ((name, self.suggestions.get(name.strip())) for name in self.unknown_columns)
        return [f"{name!r} {hint}" if hint else repr(name) for name, hint in hints]

    @property
    def remarks(self) -> list[str]:
        """What is worth a look although the file is loaded."""
        strange = self.strange_columns
        more = f" and {len(strange) - MOST_COLUMNS} more" if len(strange) > MOST_COLUMNS else ""
        columns = [f"kept aside, for no reader knows it: {', '.join(strange[:MOST_COLUMNS])}{more}"] if strange else []
        return [*self.notes, *columns]

    @property
    def rows_in_file(self) -> int:
        """Every record that the file holds, preamble and header included."""
        return sum(self.rows.values())


def grouped(remarks: Iterable[tuple[str, str]]) -> list[str]:
    """Remarks on files, one line for all files that share one: a hundred exports of one tool say the same."""
    files: dict[str, list[str]] = {}
    for file, remark in remarks:
        files.setdefault(remark, []).append(file)
    return [f"{_named(names)}: {remark}" for remark, names in files.items()]


def _named(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more files"


@dataclass
class IngestReport:
    """All files of a run, in the order of their names."""

    files: list[FileOutcome] = field(default_factory=list)

    def with_status(self, *statuses: Status) -> list[FileOutcome]:
        """The files that ended so."""
        return [file for file in self.files if file.status in statuses]

    @property
    def rejected(self) -> list[FileOutcome]:
        """Files that hold a run back."""
        return self.with_status("rejected")

    @property
    def changed(self) -> bool:
        """Whether the lake holds anything that it did not hold before."""
        return bool(self.with_status("loaded"))
