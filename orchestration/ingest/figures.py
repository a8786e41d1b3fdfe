"""Tells from the figures themselves whether a file writes 1.5 or 1,5."""

import re
from collections.abc import Iterable

from orchestration.ingest.candidates import Recognised

NUMERIC = {"money", "number", "count"}
_GROUPED = re.compile(r"[-+−]?\d{1,3}(?:([.,'’\s])\d{3})+(?:([.,])\d+)?")
_PLAIN = re.compile(r"[-+−]?\d+([.,])(\d+)")


def decimal_mark(found: Recognised, tail: Iterable[list[str]] = ()) -> str:
    """The decimal mark of the file: the contract's, else what its figures show, else what its language suggests."""
    if found.match.form.decimal:
        return found.match.form.decimal
    votes = {".": 0, ",": 0}
    places = [
        place for column, place in found.match.mapping.items() if found.match.stream.columns[column].type in NUMERIC
    ]
    for cells in [*found.sample, *tail]:
        for place in places:
            if place < len(cells) and (mark := mark_of(cells[place].strip())):
                votes[mark] += 1
    if votes["."] != votes[","]:
        return max(votes, key=lambda mark: votes[mark])
    return _suggested(found)


def mark_of(text: str) -> str | None:
    """The decimal mark that one figure proves; `1,234` and `1.234` prove nothing."""
    if plain := _PLAIN.fullmatch(text):
        whole = text.split(plain[1])[0].lstrip("-+−")
        is_thousand = len(plain[2]) == 3 and len(whole) <= 3 and not whole.startswith("0")
        return None if is_thousand else plain[1]
    if grouped := _GROUPED.fullmatch(text):
        if grouped[2]:
            return grouped[2]
        if grouped[1] in (".", ","):
            return "," if grouped[1] == "." else "."
    return None


def _suggested(found: Recognised) -> str:
    foreign = sum(1 for nth in found.match.aliases.values() if nth > 0)
    is_localised = foreign * 2 > len(found.match.aliases)
    return "," if found.dialect.delimiter == ";" or is_localised else "."
