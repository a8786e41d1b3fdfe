"""The plain table that a workbook, a JSON document or a Parquet file is rewritten as before it is read."""

import csv
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from orchestration.ingest.text import delimited
from orchestration.ingest.text.counting import LineCount

CHUNK = 1 << 20


@dataclass(frozen=True)
class Table:
    """A text with delimiters that the reader can scan, and how its lines are found in the file that somebody has."""

    path: Path
    lines: int
    container: str | None = None  # what it was unpacked from
    member: str | None = None  # the sheet, where there are several
    has_made_header: bool = False  # the first record is ours: the file names its columns in each record
    has_typed_cells: bool = False  # figures come with a decimal point, whatever the language of the export
    records: int | None = None  # where it was rewritten
    starts: Sequence[int] = field(default=(), repr=False)  # first lines of records, where cells hold line breaks
    origins: Sequence[int] = field(
        default=(), repr=False
    )  # where each row comes from, if not from the row of its number
    set_aside: Mapping[str, int] = field(default_factory=dict)  # fates of records that were left out of it

    def place(self, line: int | None) -> int | None:
        """The line, the row of the sheet or the number of the record that a person finds."""
        if line is None:
            return None
        record = bisect_right(self.starts, line) if self.starts else line
        row = record - self.has_made_header
        return self.origins[row - 1] if self.origins and row else row


def write(path: Path, rows: Iterable[Sequence[str]]) -> None:
    """Write records as CSV; half of a surrogate pair is kept, so that the scan can reject its row."""
    with path.open("w", encoding="utf-8", errors="surrogatepass", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def starts_of(path: Path, records: int) -> tuple[int, Sequence[int]]:
    """How many lines a table has, and where its records start if that is not one line each."""
    lines = LineCount()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            lines.add(chunk)
    if lines.lines == records:
        return records, ()
    return lines.lines, array("q", (line for _, line in delimited.records(path, ",")))
