"""Reads the lines around a table: which export it is, and what it says of itself, such as the days that it covers."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from zoneinfo import ZoneInfo

from orchestration.ingest.contracts.formats import Format, Mark
from orchestration.ingest.text import dates
from orchestration.ingest.text.dialect import Record

ONE_DAY = dt.timedelta(days=1)


@lru_cache(maxsize=1024)
def pattern_of(matches: str) -> re.Pattern[str]:
    """A compiled expression of a mark."""
    return re.compile(matches)


def line_text(cells: Sequence[str], delimiter: str) -> str:
    """A line around the table as one text: spreadsheets pad it with empty cells."""
    return delimiter.join(cells).strip().strip(delimiter).strip()


@dataclass(frozen=True)
class Facts:
    """What an export says of itself beside its rows; texts as they stand there."""

    said: dict[str, str] = field(default_factory=dict)
    window_start: dt.date | None = None
    window_end: dt.date | None = None
    exported_at: dt.datetime | None = None
    rows: int | None = None
    unread: tuple[str, ...] = ()  # dates that could not be read for certain

    @property
    def window(self) -> tuple[dt.date, dt.date] | None:
        """The days that the export declares to cover, both ends included."""
        return (self.window_start, self.window_end) if self.window_start and self.window_end else None

    @property
    def is_incomplete(self) -> bool:
        """Whether the platform itself calls the figures unfinished."""
        return self.said.get("incomplete", "").casefold() in {"true", "yes", "1"}

    def text(self, name: str) -> str | None:
        """A fact as a column takes it: days in ISO 8601, everything else as it stands there."""
        value = getattr(self, name, None) if name in ("window_start", "window_end") else self.said.get(name)
        return str(value) if value is not None else None


def found_marks(marks: Iterable[Mark], lines: Sequence[str]) -> dict[str, re.Match[str]]:
    """For every mark that stands among the lines, its first match, by its expression."""
    found = {}
    for mark in marks:
        hits = (pattern_of(mark.matches).fullmatch(line) for line in lines)
        if hit := next((hit for hit in hits if hit), None):
            found[mark.matches] = hit
    return found


def missing_marks(marks: Iterable[Mark], lines: Sequence[str]) -> list[Mark]:
    """Required marks that stand nowhere among the lines."""
    required = [mark for mark in marks if mark.required]
    found = found_marks(required, lines)
    return [mark for mark in required if mark.matches not in found]


def say_another(marks: Iterable[Mark], lines: Sequence[str]) -> bool:
    """Whether the lines before a table say that it is another export: one is missing, or one may not be there."""
    refusing = [mark for mark in marks if mark.refuses]
    return bool(missing_marks(marks, lines)) or bool(found_marks(refusing, lines))


def is_marked(marks: Iterable[Mark], line: str) -> bool:
    """Whether a line is one of those that stand around the table."""
    return any(pattern_of(mark.matches).fullmatch(line) for mark in marks)


def preamble_lines(records: Sequence[Record], delimiter: str) -> list[str]:
    """The texts of the lines before the header."""
    return [line_text(record.cells, delimiter) for record in records]


def facts_of(form: Format, preamble: Sequence[str], footer: Sequence[str] = ()) -> Facts:
    """What the lines around the table say."""
    if not form.preamble and not form.footer:
        return Facts()
    hits = [*found_marks(form.preamble, preamble).values(), *found_marks(form.footer, footer).values()]
    said = {name: text.strip() for hit in hits for name, text in hit.groupdict().items() if text and text.strip()}
    return _read(said, form)


def _read(said: dict[str, str], form: Format) -> Facts:
    start, end = _window(said.get("window_start"), said.get("window_end"), form)
    exported = said.get("exported_at")
    moment = dates.read_moment(exported, form.languages, form.dates) if exported else None
    values = {"window_start": start, "window_end": end, "exported_at": moment}
    rows = int(re.sub(r"\D", "", said["rows"])) if "rows" in said else None
    unread = tuple(said[name] for name, value in values.items() if name in said and value is None)
    return Facts(said, start, end, moment, rows, unread)


def _window(start: str | None, end: str | None, form: Format) -> tuple[dt.date | None, dt.date | None]:
    """Both ends; a start without a year has that of the end, an end at midnight is the day before."""
    last = dates.read_moment(end, form.languages, form.dates) if end else None
    first = dates.read_day(start, form.languages, form.dates) if start else None
    if start and last and first is None:
        first = _in_year_of(start, last.date(), form)
    if last and end and dates.has_clock(end) and last.time() == dt.time() and first and last.date() > first:
        last -= ONE_DAY
    return first, last.date() if last else None


def in_utc(moment: dt.datetime, timezone: str) -> str:
    """A moment in a time zone as the lake keeps instants: in UTC, without an offset."""
    local = moment.replace(tzinfo=ZoneInfo(timezone))
    return local.astimezone(dt.UTC).replace(tzinfo=None).isoformat(sep=" ")


def _in_year_of(start: str, last: dt.date, form: Format) -> dt.date | None:
    bare = start.rstrip(" ,.")
    for year in (last.year, last.year - 1):
        for dated in (f"{bare}, {year}", f"{bare} {year}", f"{bare} de {year}"):
            day = dates.read_day(dated, form.languages, form.dates)
            if day and day <= last:
                return day
    return None
