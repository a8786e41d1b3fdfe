"""Reads what stands around a report of bookkeeping software: which report it is, and the days that it covers."""

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Literal

from orchestration.ingest.problems import Unreadable
from orchestration.ingest.text import dates

Period = tuple[dt.date, dt.date]  # first and last day
Report = Literal["profit_and_loss", "general_ledger"]
REPORTS: dict[str, Report] = {
    "profit and loss": "profit_and_loss",
    "profit & loss": "profit_and_loss",
    "profit and loss by month": "profit_and_loss",
    "income statement (profit and loss)": "profit_and_loss",
    "income statement": "profit_and_loss",
    "general ledger": "general_ledger",
    "general ledger detail": "general_ledger",
    "transaction detail by account": "general_ledger",
    "account transactions": "general_ledger",
}
TITLE_RECORDS, HEADER_RECORDS = 6, 12
ENGLISH = ("en",)
BETWEEN = re.compile(r"(?:for the period |from )?(?P<start>.+?)\s*(?:-|–|—|\bto\b|\bthrough\b)\s*(?P<end>.+)", re.I)
ENDED = re.compile(r"for the (?:(?P<count>\d+) )?(?P<unit>month|year|quarter)s? ended (?P<end>.+)", re.I)
FOOTER = re.compile(r"(?P<basis>cash|accrual) basis", re.I)
CLOCK = re.compile(r"\b\d{1,2}:\d{2}\b")
SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})")
CURRENCY = re.compile(r"\(([A-Z]{3})\)\s*$")
EXACT = Decimal("0.00000001")  # as exact as the lake
MONTHS_IN = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True)
class Heading:
    """What stands above the table of a report."""

    report: Report
    system: str  # quickbooks or xero
    window: Period
    header_index: int  # of the record with the names of the columns


def filled(cells: Sequence[str]) -> list[str]:
    """The cells with something in them."""
    return [cell.strip() for cell in cells if cell.strip()]


def heading_of(head: Sequence[Sequence[str]]) -> Heading | None:
    """What a report says above its table; None where the records are no such report."""
    titles = [(i, filled(cells)) for i, cells in enumerate(head[:TITLE_RECORDS])]
    named = [i for i, cells in titles if len(cells) == 1 and cells[0].casefold() in REPORTS]
    if not named:
        return None
    tables = (i for i, cells in enumerate(head[:HEADER_RECORDS]) if i > named[0] and _is_header(cells))
    header_index = next(tables, None)
    if header_index is None:
        return None
    texts = [cells[0] for i, cells in titles if len(cells) == 1 and i < header_index]
    windows = [(text, window) for text in texts if (window := window_of(text))]
    report = REPORTS[filled(head[named[0]])[0].casefold()]
    if not windows:
        raise Unreadable(
            "a report of the books that does not say its period",
            "a period such as 'January 1 - March 31, 2026' above the table",
            "Export it again with its title lines.",
        )
    text, window = windows[0]
    names = {cell.strip().casefold() for cell in head[header_index]}
    is_xero = text.casefold().startswith("for the ") or {"debit", "credit"} <= names
    return Heading(report, "xero" if is_xero else "quickbooks", window, header_index)


def _is_header(cells: Sequence[str]) -> bool:
    names = {cell.casefold() for cell in filled(cells)}
    is_detail = "date" in names and bool(
        names & {"amount", "debit"} or any(name.startswith("amount (") for name in names)
    )
    is_summary = bool(cells) and all(column_of(cell) or cell.casefold() == "total" for cell in filled(cells[1:]))
    return is_detail or (is_summary and bool(filled(cells[1:])))


def column_of(text: str) -> Period | None:
    """The days of a column of amounts that its header names: a period, or the last day of a month."""
    if window := window_of(text):
        return window
    last = dates.read_day(text, ENGLISH)
    return (last.replace(day=1), last) if last and last.day == monthrange(last.year, last.month)[1] else None


def window_of(text: str) -> Period | None:
    """The first and the last day of a period in words."""
    if hit := ENDED.fullmatch(text.strip()):
        last = _last(hit["end"])
        months = int(hit["count"] or 1) * MONTHS_IN[hit["unit"].lower()]
        return (_months_before(last, months - 1), last) if last else None
    if hit := BETWEEN.fullmatch(text.strip()):
        # `January 1-31, 2026` names its month once.
        month = re.match(r"[A-Za-z.]+ ", hit["start"])
        last = _last(hit["end"]) or (_last(month[0] + hit["end"]) if month else None)
        first = _first(hit["start"], last) if last else None
        return (first, last) if first and last and first <= last else None
    return _month(text)


def _month(text: str) -> Period | None:
    bare = text.strip().replace(",", "")
    first = dates.read_day(f"1 {bare}", ENGLISH) if re.fullmatch(r"[A-Za-z.]+ \d{4}", bare) else None
    return (first, first.replace(day=monthrange(first.year, first.month)[1])) if first else None


def _last(text: str) -> dt.date | None:
    month = _month(text)
    return month[1] if month else dates.read_day(text, ENGLISH)


def _first(text: str, last: dt.date) -> dt.date | None:
    spelled = (text, f"{text}, {last.year}", f"{text} {last.year}")
    months = [month[0] for month in map(_month, spelled) if month]
    days = [day for day in (dates.read_day(each, ENGLISH) for each in spelled) if day]
    return next(iter([*days, *months]), None)


def _months_before(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return dt.date(year, month + 1, 1)


def is_footer(cells: Sequence[str]) -> bool:
    """Whether a record is the line below a report: when it was made, and on which basis."""
    texts = filled(cells)
    return len(texts) == 1 and bool(FOOTER.search(texts[0]) or (CLOCK.search(texts[0]) and len(texts[0]) > 12))


def figure(text: str, mark: str, is_binary: bool) -> Decimal | None:
    """An amount as books print it: `$1,234.50`, `(12.00)` and `-12.00` below zero; None where it is none.

    What a spreadsheet worked out is a binary number: 0.1 and 0.2 are 0.30000000000000004 there, and 0.3 here.
    """
    bare = text.strip().replace("−", "-").replace("\u00a0", "").replace("\u202f", "").replace("'", "")
    is_negative = bare.startswith("(") and bare.endswith(")")
    bare = re.sub(r"^\(|\)$|[$€£¥]", "", bare).strip()
    if not re.fullmatch(r"-?[\d.,]*\d[\d.,]*", bare):
        return None
    bare = bare.replace("," if mark == "." else ".", "").replace(",", ".")
    try:
        value = -Decimal(bare) if is_negative else Decimal(bare)
        return value if not is_binary or value == value.quantize(EXACT) else value.quantize(EXACT)
    except InvalidOperation:
        return None


def days_of(texts: Iterable[str], window: Period) -> dict[str, dt.date]:
    """The day that each text names; numbers alone are read in the one order that keeps all of them in the window."""
    spelled = dict.fromkeys(text.strip() for text in texts)
    certain = {text: day for text in spelled if (day := dates.read_day(text, ENGLISH))}
    numeric = [text for text in spelled if text not in certain and SLASHED.fullmatch(text)]
    readings = [found for order in ("mdy", "dmy") if (found := _in_order(numeric, order, window)) is not None]
    if numeric and (not readings or any(found != readings[0] for found in readings)):
        raise Unreadable(
            f"dates such as {numeric[0]!r}, which the period {window[0]} to {window[1]} does not make certain",
            "dates that can be read in one way only",
            "Export one month at a time, or choose a date format with the year first.",
        )
    return certain | (readings[0] if readings else {})


def _in_order(texts: Sequence[str], order: str, window: Period) -> dict[str, dt.date] | None:
    found = {}
    for text in texts:
        hit = SLASHED.fullmatch(text)
        first, second, year = (int(part) for part in hit.groups()) if hit else (0, 0, 0)
        month, day = (first, second) if order == "mdy" else (second, first)
        try:
            found[text] = dt.date(year + 2000 if year < 100 else year, month, day)
        except ValueError:
            return None
        if not window[0] <= found[text] <= window[1]:
            return None
    return found
