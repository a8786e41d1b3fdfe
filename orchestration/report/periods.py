"""Periods as people write them: 2026-05, 2026-Q2, 2026, or the first day of a period of any grain."""

import re
from datetime import date

# What a grain looks like when a person writes it; any first day goes with --grain.
WRITTEN = {
    "month": re.compile(r"(?P<year>\d{4})-(?P<number>0[1-9]|1[0-2])"),
    "quarter": re.compile(r"(?P<year>\d{4})-?[Qq](?P<number>[1-4])"),
    "year": re.compile(r"(?P<year>\d{4})"),
}


class NoSuchPeriod(ValueError):
    """A text names no period, or two texts name periods of two grains; the message says what does."""


def first_day(text: str) -> tuple[str, date]:
    """The grain that a text tells by its form, empty for a plain day, and the first day of the period."""
    for grain, form in WRITTEN.items():
        if found := form.fullmatch(text.strip()):
            number = int(found.groupdict().get("number") or 1)
            return grain, date(int(found["year"]), 3 * number - 2 if grain == "quarter" else number, 1)
    try:
        return "", date.fromisoformat(text.strip())
    except ValueError as error:
        raise NoSuchPeriod(
            f"{text!r} is no period; write a month as 2026-05, a quarter as 2026-Q2, a year as 2026, or the first day "
            "of a period and its --grain"
        ) from error


def two_periods(earlier: str, later: str, grain: str) -> tuple[str, date, date]:
    """The grain and the first days of two periods of it."""
    (one, start), (other, end) = first_day(earlier), first_day(later)
    grains = {found for found in (grain, one, other) if found}
    if len(grains) != 1:
        told = " and ".join(sorted(grains)) or "none"
        raise NoSuchPeriod(f"two periods of one grain can be compared; {earlier} and {later} tell: {told}; use --grain")
    return grains.pop(), start, end
