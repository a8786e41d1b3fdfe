"""Finds the physical line of a record: cells may hold line breaks, and blank lines are no records."""

from collections.abc import Iterable
from pathlib import Path

from orchestration.ingest.transcode import records


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
