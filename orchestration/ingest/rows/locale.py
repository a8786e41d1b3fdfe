"""How one file writes its figures and its days, as far as its contract leaves that open."""

from pathlib import Path

from orchestration.ingest.cells.texts import Locale
from orchestration.ingest.recognition.candidates import Recognised
from orchestration.ingest.text import dayorder
from orchestration.ingest.text.dayorder import Doubt, Order
from orchestration.ingest.text.figures import mark_of

NUMERIC = {"money", "number", "count"}


def decimal_mark(found: Recognised) -> str:
    """The decimal mark of the file: the contract's, else what its figures show, else what its language suggests."""
    if found.match.form.decimal:
        return found.match.form.decimal
    votes = {".": 0, ",": 0}
    places = [
        place for column, place in found.match.mapping.items() if found.match.stream.columns[column].type in NUMERIC
    ]
    for cells in found.sample:
        for place in places:
            if place < len(cells) and (mark := mark_of(cells[place].strip())):
                votes[mark] += 1
    if votes["."] != votes[","]:
        return max(votes, key=lambda mark: votes[mark])
    return _suggested(found)


def _suggested(found: Recognised) -> str:
    foreign = sum(1 for nth in found.match.aliases.values() if nth > 0)
    is_localised = foreign * 2 > len(found.match.aliases)
    return "," if found.dialect.delimiter == ";" or is_localised else "."


def locale_of(found: Recognised, body: Path, decimal: str, timezone: str) -> tuple[Locale, Doubt | None]:
    """What a file does not say in each cell, and a date in it that could be two days."""
    form, order = found.match.form, _order(found, body, decimal)
    formats = (
        *form.dates,
        *dayorder.in_order(form.dates_in_proven_order, order.is_day_first),
        *(form.dates_beside_comma if decimal == "," else ()),
    )
    return Locale(decimal, timezone, formats, tuple(form.nulls), tuple(form.languages)), order.doubt


def _order(found: Recognised, body: Path, decimal: str) -> Order:
    """Which order of day and month the file proves; not asked where no date depends on it."""
    match = found.match
    if not match.form.dates_in_proven_order or not found.has_header:
        return Order(is_day_first=False, is_month_first=False, doubt=None)
    dated = {name for name, column in match.stream.columns.items() if column.type in ("date", "timestamp", "stamps")}
    places = {place for name, place in match.mapping.items() if name in dated}
    places |= {place for name in dated for place in match.repeated.get(name, ())}
    return dayorder.find(body, found.dialect.delimiter, found.header_index + 1, places, decimal == ",")
