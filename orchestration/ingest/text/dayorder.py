"""Tells whether a file writes the day or the month first, from its dates alone and only where they prove it."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from orchestration.ingest.text.delimited import BrokenRecord, records

NUMERIC = re.compile(r"\s*(\d{1,2})[/.-](\d{1,2})[/.-]\d{4}\b")
MONTHS = 12


@dataclass(frozen=True)
class Doubt:
    """A date that could be two days."""

    text: str
    line: int
    place: int
    is_mixed: bool  # the file proves both orders


@dataclass(frozen=True)
class Order:
    """What the dates of a file prove."""

    is_day_first: bool
    is_month_first: bool
    doubt: Doubt | None


def find(path: Path, delimiter: str, skip: int, places: Collection[int], is_comma_file: bool) -> Order:
    """Look at the date cells below the header; nobody who writes 1,5 puts the month first."""
    is_day_first = is_month_first = False
    first: Doubt | None = None
    try:
        for number, (cells, line) in enumerate(records(path, delimiter)):
            for place in places if number >= skip else ():
                found = NUMERIC.match(cells[place]) if place < len(cells) else None
                if found is None:
                    continue
                left, right = int(found[1]), int(found[2])
                is_day_first |= left > MONTHS
                is_month_first |= right > MONTHS
                if first is None and left != right and max(left, right) <= MONTHS:
                    first = Doubt(cells[place].strip(), line, place, is_mixed=False)
    except BrokenRecord:
        pass  # the scan says what is wrong with it
    is_day_first |= is_comma_file and not is_month_first
    if first and is_day_first and is_month_first:
        return Order(is_day_first, is_month_first, Doubt(first.text, first.line, first.place, is_mixed=True))
    return Order(is_day_first, is_month_first, None if is_day_first or is_month_first else first)


def in_order(formats: Collection[str], is_day_first: bool) -> list[str]:
    """Formats that are written with the month first, in the order of a file."""
    swapped = {"%d": "%m", "%m": "%d"}
    return [re.sub("%[dm]", lambda hit: swapped[hit[0]], form) for form in formats] if is_day_first else list(formats)
