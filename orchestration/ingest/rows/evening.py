"""Makes records of uneven width even: those of the header's width are written again, each other one has its fate."""

import csv
from dataclasses import dataclass, field
from pathlib import Path

from orchestration.ingest.contracts import total_rows
from orchestration.ingest.recognition import headers
from orchestration.ingest.recognition.candidates import Recognised
from orchestration.ingest.text.delimited import BrokenRecord, records
from orchestration.ingest.text.dialect import STRAY

LONGEST_RECORD = 500_000  # characters; DuckDB reads lines of 2,000,000 bytes


@dataclass(frozen=True)
class UnevenRecord:
    """A record with too few or too many cells, or one that never ends."""

    line: int
    file_row: int
    found: str
    expected: str


@dataclass
class Evened:
    """What was set aside while the records were made even."""

    rejected: list[UnevenRecord] = field(default_factory=list)
    rejected_count: int = 0
    blank: int = 0
    second_headers: list[int] = field(default_factory=list)
    fatal: UnevenRecord | None = None

    def reject(self, record: UnevenRecord) -> None:
        """Set a record aside; the first ones are kept to be shown."""
        self.rejected_count += 1
        if len(self.rejected) < 10_000:
            self.rejected.append(record)


def even_out(path: Path, found: Recognised, target: Path) -> Evened:
    """Write the records of the header's width with their number and line; every other record has its fate here."""
    evened, width, number = Evened(), len(found.match.cells), 0
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=found.dialect.delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n")
        try:
            for number, (cells, line) in enumerate(records(path, found.dialect.delimiter), start=1):
                if number <= found.header_index + 1:
                    continue
                fitted = _fitted(cells, width, found)
                if not cells:
                    evened.blank += 1
                elif fault := _fault(cells, fitted, width):
                    evened.reject(UnevenRecord(line, number, *fault))
                    if headers.is_second(found.match, cells):
                        evened.second_headers.append(line)
                else:
                    writer.writerow([*(fitted or cells), number, line])
        except BrokenRecord as error:
            evened.fatal = UnevenRecord(error.line, number + 1, str(error), "a whole record")
    return evened


def _fault(cells: list[str], fitted: list[str] | None, width: int) -> tuple[str, str] | None:
    """What is wrong with a record as a whole, and what was expected."""
    text = "".join(cells)
    if fitted is None:
        return f"{len(cells)} cells", f"{width} cells as in the header"
    if len(text) > LONGEST_RECORD:
        return f"a record of {len(text):,} characters", f"at most {LONGEST_RECORD:,}"
    if not text.isascii() and STRAY.search(text):
        return "bytes that are no UTF-8 text", "UTF-8"
    return None


def _fitted(cells: list[str], width: int, found: Recognised) -> list[str] | None:
    while len(cells) > width and not cells[-1].strip():
        cells = cells[:-1]
    if len(cells) == width:
        return cells
    rules = found.match.form.totals
    if rules and cells and len(cells) < width and total_rows.is_labelled(rules, cells[0]):
        return cells + [""] * (width - len(cells))
    return None
