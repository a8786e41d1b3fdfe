"""What a file may be: a format that can read it, or the reason why none can."""

from dataclasses import dataclass

from orchestration.ingest.problems import Problem
from orchestration.ingest.recognition import marks
from orchestration.ingest.recognition.headers import Match
from orchestration.ingest.text.dialect import Dialect, Record


@dataclass(frozen=True)
class Recognised:
    """A file that a format can read."""

    match: Match
    dialect: Dialect
    records: list[Record]
    header_index: int  # among the records of the file, blank ones counted; behind the last where there is none

    @property
    def has_header(self) -> bool:
        """Whether there is a header; an empty report of some platforms has none."""
        return self.header_index < len(self.records)

    @property
    def preamble(self) -> list[str]:
        """The lines before the header."""
        return marks.preamble_lines(self.records[: self.header_index], self.dialect.delimiter)

    @property
    def header(self) -> Record:
        """The header record."""
        return self.records[self.header_index]

    @property
    def sample(self) -> list[list[str]]:
        """The first records behind the header."""
        return [record.cells for record in self.records[self.header_index + 1 :] if any(record.cells)]


@dataclass(frozen=True)
class Refused:
    """A file that cannot be read: rejected where it is an export gone wrong, else nobody's file."""

    problem: Problem
    is_rejected: bool
    nearest: Match | None = None
