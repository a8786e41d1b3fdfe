"""Rewrites a file as the plain UTF-8 that DuckDB reads: another encoding, or records of uneven width."""

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from orchestration.ingest import headers, totals
from orchestration.ingest.candidates import Recognised
from orchestration.ingest.counting import LineCount
from orchestration.ingest.dialect import STRAY, is_windows_text

CHUNK = 1 << 20
CUT = b"\xff"  # stands for a character whose end is missing
LARGEST_CELL = 16 << 20  # above it nobody can say where the cell ends
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


def to_utf8(path: Path, encoding: str, target: Path) -> int:
    """Rewrite a file in UTF-8, a chunk at a time, and return its number of lines.

    What is no text, such as half of a character, is passed on as bytes that are no UTF-8: its row is rejected, not the
    file.
    """
    errors = "surrogatepass" if encoding.startswith("utf-16") else "surrogateescape"
    decoder, lines, is_first = codecs.getincrementaldecoder(encoding)(errors), LineCount(), True
    with path.open("rb") as source, target.open("wb") as copy:
        while chunk := source.read(CHUNK):
            text = decoder.decode(chunk)
            if is_first:
                text, is_first = text.removeprefix("\ufeff"), False
            written = text.encode("utf-8", errors)
            lines.add(written)
            copy.write(written)
        if decoder.getstate()[0]:
            lines.add(CUT)
            copy.write(CUT)
    return lines.lines


def is_windows_file(path: Path) -> bool:
    """Whether a file is a Windows text rather than damaged UTF-8."""
    with path.open("rb") as file:
        return is_windows_text(iter(lambda: file.read(CHUNK), b""))


def last_lines(path: Path, count: int) -> bytes:
    """The last lines of a file, read from its end."""
    with path.open("rb") as file:
        end = file.seek(0, 2)
        size = CHUNK // 16
        while True:
            file.seek(max(end - size, 0))
            lines = file.read().splitlines(keepends=True)
            if len(lines) > count or size >= end:
                return b"".join(lines[-count:])
            size *= 2


class BrokenRecord(ValueError):
    """A record that cannot be read to its end; `line` is where it starts."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line


def records(path: Path, delimiter: str) -> Iterator[tuple[list[str], int]]:
    """Every record of a UTF-8 file with the line where it starts; BrokenRecord where a quote never closes."""
    csv.field_size_limit(LARGEST_CELL)
    with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        line = 1
        try:
            for cells in reader:
                yield cells, line
                line = reader.line_num + 1
        except csv.Error as error:
            raise BrokenRecord(line, _reason(error)) from error


def _reason(error: Exception) -> str:
    if "unexpected end of data" in str(error):
        return "a quote that never closes (the file may be cut off)"
    if "expected after" in str(error):
        return "a quote inside a quoted cell that is not doubled"
    return str(error)


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
    if rules and cells and len(cells) < width and totals.is_labelled(rules, cells[0]):
        return cells + [""] * (width - len(cells))
    return None
