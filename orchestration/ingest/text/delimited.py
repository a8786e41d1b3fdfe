"""Reads the records of a text with delimiters, each with the physical line where it starts."""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

LARGEST_CELL = 16 << 20  # above it nobody can say where the cell ends


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


def lines_of(path: Path, delimiter: str, skipped: int, wanted: Iterable[int], width: int) -> dict[int, int]:
    """The line where each wanted record starts; records are numbered as the scan numbers them."""
    missing = set(wanted)
    places: dict[int, int] = {}
    number = 0
    for cells, line in records(path, delimiter):
        # Behind the header the scan passes over empty lines, unless a record is one cell.
        if cells or number < skipped or width == 1:
            number += 1
        if number in missing and (cells or width == 1):
            places[number] = line
            missing.discard(number)
            if not missing:
                break
    return places
