"""Dates as people and platforms write them: ISO 8601, declared formats, months in words of a format's languages."""

import datetime as dt
import re
from collections.abc import Sequence
from functools import lru_cache

from orchestration.ingest.text.months import names_of

ZONE = r"(?:\s*\(?(?:GMT|UTC)\)?|Z)?"
CLOCK = re.compile(r"(?:[\s,]+|(?<=\d)T)(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([AaPp])?\.?[Mm]?\.?" + ZONE + r"\s*$")
ISO = re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})")
DOTTED = re.compile(r"(?P<d>\d{1,2})\. ?(?P<m>\d{1,2})\. ?(?P<y>\d{4})")  # no language writes the month first with dots
COMPACT = re.compile(r"(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})")
KANJI = r"(?P<y>[0-9]{4})年 ?(?P<m>[0-9]{1,2}月) ?(?P<d>[0-9]{1,2})日"
DAY_FIRST = r"(?P<d>[0-9]{1,2})(?:[.]|er|º)? *(?:de )? *(?P<m>{names})[.]?,? *(?:de )? *(?P<y>[0-9]{4})"
MONTH_FIRST = r"(?P<m>{names})[.]? +(?P<d>[0-9]{1,2})(?:st|nd|rd|th)?,? +(?P<y>[0-9]{4})"
MONTH = r"(?P<m>{names})[.]?[ /-]+(?P<y>[0-9]{2}|[0-9]{4})"
WORDED = ((DAY_FIRST, "dmy"), (MONTH_FIRST, "mdy"))


@lru_cache(maxsize=32)
def month_names(languages: tuple[str, ...]) -> dict[str, int]:
    """The month names of some languages, in lower case and without a final point, and the month that each one names."""
    return {name: month for language in languages for name, month in names_of(language).items()}


@lru_cache(maxsize=32)
def patterns_in_words(languages: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Patterns of dates in words, in lower case, and the order of their groups; Python and DuckDB understand both."""
    if not languages:
        return ()
    names = _names(languages)
    worded = [(pattern.replace("{names}", names), order) for pattern, order in WORDED] if names else []
    return (*worded, (KANJI, "ymd")) if "ja" in languages else tuple(worded)


def month_in_words(languages: tuple[str, ...]) -> str | None:
    """The pattern of a month as spreadsheets show one, such as mars-26; None where no language has words for it."""
    names = _names(languages)
    return MONTH.replace("{names}", names) if names else None


def _names(languages: tuple[str, ...]) -> str:
    words = sorted((name for name in month_names(languages) if not name[0].isdigit()), key=len, reverse=True)
    return "|".join(re.escape(word) for word in words)


def read_day(text: str, languages: Sequence[str] = (), formats: Sequence[str] = ()) -> dt.date | None:
    """The day that a text names; None where it names none for certain."""
    moment = read_moment(text, languages, formats)
    return moment.date() if moment else None


def read_moment(text: str, languages: Sequence[str] = (), formats: Sequence[str] = ()) -> dt.datetime | None:
    """The day and the time of day that a text names, midnight where it names a day alone."""
    bare = " ".join(text.split())
    for form in formats:
        try:
            return dt.datetime.strptime(bare, form)
        except ValueError:
            continue
    clock = CLOCK.search(bare)
    day = _day(bare[: clock.start()] if clock else bare, tuple(languages), formats if clock else ())
    time = _time(clock) if clock else dt.time()
    return dt.datetime.combine(day, time) if day and time else None


def has_clock(text: str) -> bool:
    """Whether a text names a time of day."""
    return CLOCK.search(text) is not None


def _time(clock: re.Match[str]) -> dt.time | None:
    hour, half = int(clock[1]), (clock[4] or "").casefold()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    try:
        return dt.time(hour, int(clock[2]), int(clock[3] or 0))
    except ValueError:
        return None


def _day(text: str, languages: tuple[str, ...], formats: Sequence[str]) -> dt.date | None:
    for form in formats:
        try:
            return dt.datetime.strptime(text, form).date()
        except ValueError:
            continue
    for pattern in (ISO, DOTTED, COMPACT):
        if found := pattern.fullmatch(text):
            return _date(found["y"], int(found["m"]), found["d"])
    lowered = text.casefold()
    for worded, _ in patterns_in_words(languages):
        if found := re.fullmatch(worded, lowered):
            return _date(found["y"], month_names(languages)[found["m"]], found["d"])
    return None


def _date(year: str, month: int, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), month, int(day))
    except ValueError:
        return None
