"""When people look for lamps: weekday and season of offices and of home workers."""

import datetime as dt
import random
from collections.abc import Iterator

from orchestration.demo.company import DEMO_AS_OF, DEMO_START

OFFICE_WEEK = (1.25, 1.3, 1.25, 1.15, 0.9, 0.1, 0.1)
HOME_WEEK = (0.95, 0.9, 0.9, 0.95, 1.0, 1.15, 1.25)
OFFICE_YEAR = (1.15, 1.0, 1.0, 0.95, 0.95, 0.9, 0.75, 0.7, 1.2, 1.25, 1.25, 0.9)
HOME_YEAR = (1.0, 0.9, 0.85, 0.8, 0.75, 0.7, 0.75, 0.85, 1.05, 1.25, 1.6, 1.5)
WEEK = {"office": OFFICE_WEEK, "home": HOME_WEEK}
YEAR = {"office": OFFICE_YEAR, "home": HOME_YEAR}
GROWTH_PER_DAY = 0.0006


def days() -> Iterator[dt.date]:
    """Every day of the demo."""
    for offset in range((DEMO_AS_OF - DEMO_START).days + 1):
        yield DEMO_START + dt.timedelta(days=offset)


def months() -> Iterator[dt.date]:
    """The first day of every month of the demo."""
    return (day for day in days() if day.day == 1)


def demand(day: dt.date, audience: str) -> float:
    """How much of an average day's interest a day sees."""
    growth = 1 + GROWTH_PER_DAY * (day - DEMO_START).days
    return growth * WEEK[audience][day.weekday()] * YEAR[audience][day.month - 1]


def arrivals(rng: random.Random, expected: float) -> int:
    """A whole number whose mean is what was expected."""
    noisy = expected * rng.uniform(0.4, 1.6)
    return int(noisy) + (rng.random() < noisy % 1)


def moment(rng: random.Random, day: dt.date) -> dt.datetime:
    """A minute of the day when people are awake."""
    return dt.datetime(day.year, day.month, day.day, rng.randrange(7, 21), rng.randrange(60))
