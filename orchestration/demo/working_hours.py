"""The hours in which Lumen & Oak answers: Monday to Friday, nine to five."""

import datetime as dt

OPENS, CLOSES = dt.time(9), dt.time(17)
MINUTES_A_DAY = 8 * 60
ONE_DAY = dt.timedelta(days=1)


def is_working_day(day: dt.date) -> bool:
    """Whether anybody is in the office."""
    return day.weekday() < 5


def open_minutes(start: dt.datetime, end: dt.datetime) -> float:
    """Minutes between two moments in which the office is open."""
    total, day = 0.0, start.date()
    while day <= end.date():
        if is_working_day(day):
            since = max(start, dt.datetime.combine(day, OPENS))
            until = min(end, dt.datetime.combine(day, CLOSES))
            total += max((until - since).total_seconds() / 60, 0)
        day += ONE_DAY
    return total


def after_open_minutes(start: dt.datetime, minutes: int) -> dt.datetime:
    """The moment at which the office has been open for some more minutes; at the end of a day, not the next morning."""
    day = start.date()
    while True:
        if is_working_day(day):
            since = max(start, dt.datetime.combine(day, OPENS))
            left = int((dt.datetime.combine(day, CLOSES) - since).total_seconds() // 60)
            if left >= minutes and left > 0:
                return since + dt.timedelta(minutes=minutes)
            minutes -= max(left, 0)
        day += ONE_DAY
