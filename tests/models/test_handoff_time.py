"""Business time against a counter of minutes, and waiting times against exact fractions, for cases nobody chose."""

import datetime as dt
from collections.abc import Sequence
from fractions import Fraction
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import duckdb
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.models.handoff_house import House, copy_house

# A failing case is a line of its own already; shrinking would take minutes to say the same.
QUICK = settings(
    max_examples=3, deadline=None, derandomize=True, database=None, phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
MINUTE = dt.timedelta(minutes=1)
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# Clocks change in Berlin on 26 October and 29 March, in New York on 2 November and 8 March, in Sydney on 5 April.
STARTS = [
    dt.datetime(2025, 10, 24), dt.datetime(2025, 10, 31), dt.datetime(2026, 3, 6), dt.datetime(2026, 3, 27),
    dt.datetime(2026, 4, 3),
]  # fmt: skip


class Calendar(NamedTuple):
    """A row of the seed owner_calendars, without its owner."""

    timezone: str
    days: str
    opens: str
    closes: str
    holidays: str


class Clock(NamedTuple):
    """Whoever starts, by which calendar, and how many minutes later the answer came."""

    calendar: Calendar
    started_at: dt.datetime
    minutes: int


CALENDARS = st.builds(
    Calendar,
    timezone=st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Sydney"]),
    days=st.lists(st.sampled_from(WEEK), min_size=3, unique=True).map(";".join),
    opens=st.sampled_from(["00:00", "03:30", "08:15", "09:00"]),
    closes=st.sampled_from(["11:45", "17:00", "22:30", "24:00"]),
    holidays=st.sampled_from(["2025-10-27;2026-03-30", "2026-04-06", "2026-03-09;2025-11-03;2026-12-25"]),
)
CLOCKS = st.builds(
    Clock,
    calendar=CALENDARS,
    started_at=st.builds(lambda day, minute: day + minute * MINUTE, st.sampled_from(STARTS), st.integers(0, 4320)),
    minutes=st.integers(0, 5760),
)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    return copy_house(tmp_path_factory.mktemp("handoff_time"))


def is_open(calendar: Calendar, minute: dt.datetime) -> bool:
    """Whether somebody works in the minute that begins at a moment of UTC."""
    wall = minute.replace(tzinfo=dt.UTC).astimezone(ZoneInfo(calendar.timezone))
    return (
        WEEK[wall.weekday()] in calendar.days
        and f"{wall:%Y-%m-%d}" not in calendar.holidays
        and calendar.opens <= f"{wall:%H:%M}" < calendar.closes
    )


def counted(clock: Clock, sla_minutes: int) -> tuple[int, dt.datetime]:
    """Business minutes to the answer and the due time, minute by minute."""
    minute, worked, to_answer, due_at = clock.started_at, 0, None, None
    answered_at = clock.started_at + clock.minutes * MINUTE
    while to_answer is None or due_at is None:
        if minute == answered_at:
            to_answer = worked
        worked += is_open(clock.calendar, minute)
        minute += MINUTE
        if worked == sla_minutes and due_at is None:
            due_at = minute
    return to_answer, due_at


def timed(house: House, clocks: Sequence[Clock], sla_minutes: int) -> list[tuple[Any, ...]]:
    """The same by the models, for all clocks at once."""
    calendars = [(str(number), *clock.calendar) for number, clock in enumerate(clocks)]
    starts = [(str(number), clock.started_at, clock.minutes) for number, clock in enumerate(clocks)]
    with duckdb.connect(str(house.settings.warehouse)) as conn:
        conn.execute("delete from seeds.owner_calendars; update seeds.sla_targets set version = '1'")
        conn.execute("update seeds.sla_targets set minutes = ?", [sla_minutes])
        conn.executemany("insert into seeds.owner_calendars values (?, ?, ?, ?, ?, ?)", calendars)
        conn.execute("create or replace table intermediate.starts (owner text, started_at timestamp, minutes int)")
        conn.executemany("insert into intermediate.starts values (?, ?, ?)", starts)
        conn.execute("""
            create or replace view intermediate.int_clock_starts as
            select 'mql_cycle' as clock, cast(owner as bigint) as person_id, 1 as cycle_no, '' as channel,
                '' as source_group, '' as segment, owner, started_at,
                cast(started_at as date) as started_date,
                started_at as contacts_count_from, null::timestamp as earlier_until, null::timestamp as later_from
            from intermediate.starts;
            create or replace table intermediate.int_responses as
            select cast(owner as bigint) as person_id, started_at + to_minutes(minutes) as responded_at,
                true as is_counted
            from intermediate.starts
        """)
        for model in (
            "int_owner_calendars", "int_business_days", "int_response_clocks", "int_sla_windows", "int_sla_cycles"
        ):  # fmt: skip
            kind = "view" if model == "int_sla_cycles" else "table"
            conn.execute(f"create or replace {kind} intermediate.{model} as {house.ran[model]}")
        return conn.execute("""
            select business_minutes, due_at, sla_status from intermediate.int_sla_cycles order by cast(owner as int)
        """).fetchall()


@QUICK
@given(clocks=st.lists(CLOCKS, min_size=20, max_size=20), sla_minutes=st.sampled_from([1, 60, 480, 900]))
def test_business_minutes_are_the_minutes_that_somebody_worked(
    house: House, clocks: list[Clock], sla_minutes: int
) -> None:
    expected = []
    for clock in clocks:
        minutes, due_at = counted(clock, sla_minutes)
        answered_at = clock.started_at + clock.minutes * MINUTE
        expected.append((minutes, due_at, "met" if answered_at <= due_at else "breached"))
    assert timed(house, clocks, sla_minutes) == expected


def reached(waits: Sequence[tuple[int, bool]], share: Fraction) -> int | None:
    """The first minute at which 1 - Kaplan-Meier is at least the share, in exact fractions."""
    survival = Fraction(1)
    for minute in sorted({minute for minute, _ in waits}):
        at_risk = sum(other >= minute for other, _ in waits)
        survival *= 1 - Fraction(sum(wait == (minute, True) for wait in waits), at_risk)
        if 1 - survival >= share:
            return minute
    return None


@QUICK
@given(groups=st.lists(st.lists(st.tuples(st.integers(0, 12), st.booleans()), min_size=1), min_size=40, max_size=40))
def test_half_is_reached_exactly_when_half_is(house: House, groups: list[list[tuple[int, bool]]]) -> None:
    waits = [(str(number), *wait) for number, group in enumerate(groups) for wait in group]
    with duckdb.connect(str(house.settings.warehouse)) as conn:
        conn.execute("create or replace temp table waits (owner text, minutes bigint, is_answered boolean)")
        conn.executemany("insert into waits values (?, ?, ?)", waits)
        conn.execute("""
            create or replace table intermediate.int_response_days as
            select 'elapsed' as basis, date '2026-01-05' as started_date, '' as channel, '' as source_group,
                '' as segment, owner, '' as rule_version, minutes, count(*) filter (is_answered) as answered,
                count(*) filter (not is_answered) as unanswered
            from waits group by owner, minutes
        """)
        rows = conn.execute(f"""
            select elapsed_median, elapsed_p90 from ({house.ran["int_response_quantiles"]})
            where grain = 'all' and dimension = 'owner' order by cast(member as int)
        """).fetchall()
    assert rows == [(reached(group, Fraction(1, 2)), reached(group, Fraction(9, 10))) for group in groups]
