"""Conversion over time: what its models read, some by hand, some thousand drawn, and what statsmodels makes of that."""

import datetime as dt
from typing import Any

import duckdb
import numpy as np
from statsmodels.duration.survfunc import CumIncidenceRight

Sql = duckdb.DuckDBPyConnection
AS_OF = dt.date(2026, 6, 30)  # in UTC

# id, channel, opened, then SQL or closed.
BY_HAND = """
    ('early', 'early', timestamp '2025-07-20 10:00', timestamp '2025-07-25 10:00', null),
    ('a', 'by_hand', timestamp '2026-06-01 10:00', timestamp '2026-06-03 10:00', null),
    ('b', 'by_hand', timestamp '2026-06-01 10:00', timestamp '2026-06-03 10:00:01', null),
    ('c', 'by_hand', timestamp '2026-06-01 10:00', null, timestamp '2026-06-04 10:00'),
    ('d', 'by_hand', timestamp '2026-06-25 10:00', null, null),
    ('e', 'by_hand', timestamp '2026-06-01 10:00', null, timestamp '2026-06-07 22:00'),
    ('f', 'by_hand', timestamp '2026-06-01 10:00', timestamp '2026-06-10 10:00', null)
"""

# Ten of January, all ended: four convert on their first day, four on their fifth, two are rejected.
TIED = """
    select 'tied_' || id, 'tied', timestamp '2026-01-05 10:00',
        case when id < 4 then timestamp '2026-01-05 12:00' when id < 8 then timestamp '2026-01-10 10:00' end,
        case when id >= 8 then timestamp '2026-01-08 10:00' end
    from range(10) as ids(id)
"""

# Opened from September on; converts, leaves, or stays open, by hashes that stand for dice.
DRAWN = """
    with
        dice as (
            select id, hash(id, 'opened') % 26000000 as second_opened,
                (1 + hash(id, 'sql') % 1000000) / 1000001 as sql_die,
                (1 + hash(id, 'exit') % 1000000) / 1000001 as exit_die
            from range(4000) as ids(id)
        ),
        waits as (
            select id, timestamp '2025-09-01' + to_seconds(second_opened) as opened_at,
                to_seconds(cast(-50 * 86400 * ln(sql_die) as bigint)) as sql_wait,
                to_seconds(cast(-80 * 86400 * ln(exit_die) as bigint)) as exit_wait
            from dice
        )
    select 'drawn_' || id, if(id % 3 = 0, 'direct', 'email'), opened_at,
        case when sql_wait <= exit_wait and opened_at + sql_wait < timestamp '2026-07-01' then opened_at + sql_wait end,
        case when exit_wait < sql_wait and opened_at + exit_wait < timestamp '2026-07-01' then opened_at + exit_wait end
    from waits
"""

# Leads are MQLs at once, SALs are qualified at once; nothing is known of deals, of stamps or of who told.
UNKNOWN_STEPS = ", ".join(
    f"cast(null as {kind}) as {name}_{step}"
    for step in range(1, 7)
    for name, kind in (
        ("entered", "timestamp"),
        ("reached", "timestamp"),
        ("strict", "timestamp"),
        ("telling", "bigint"),
    )
    if name != "reached" or step > 4
)

UPSTREAM = f"""
    create schema intermediate;
    create schema marts;
    create schema seeds;

    create table intermediate.cycles as
    select * from (values {BY_HAND}) as cycles(person_id, channel, opened_at, sql_at, closed_at)
    union all {TIED}
    union all ({DRAWN});

    create table intermediate.int_mql_cycles as
    select person_id, channel, 'marketing' as source_group, 'retail' as segment, '(none)' as owner,
        1 as cycle_no, opened_at, cast(opened_at as date) as opened_date, closed_at, sql_at
    from intermediate.cycles;

    -- Whoever was turned away in the first cycle comes back after 20 days and is qualified.
    create table intermediate.int_person_steps as
    select person_id, channel, 'marketing' as source_group, 'retail' as segment, {UNKNOWN_STEPS},
        opened_at as reached_1, opened_at as reached_2,
        case
            when coalesce(sql_at, closed_at + interval 20 day) < timestamp '2026-07-01'
            then coalesce(sql_at, closed_at + interval 20 day)
        end as reached_3,
        reached_3 as reached_4
    from intermediate.cycles;
    create table intermediate.int_tellings (telling_no bigint, owner string);

    create table intermediate.int_opportunities (
        channel string, source_group string, segment string, owner string, created_date date, closed_date date,
        opportunity_type string, status string
    );

    -- It begins in the middle of a month, and nobody came in August.
    create table marts.dim_date as
    select cast(day as date) as date_day,
        cast(date_trunc('week', day) as date) as week, cast(date_trunc('month', day) as date) as month,
        cast(date_trunc('quarter', day) as date) as quarter, cast(date_trunc('year', day) as date) as year,
        cast(date_trunc('quarter', day) as date) as fiscal_quarter, cast(date_trunc('year', day) as date) as fiscal_year
    from range(timestamp '2025-07-20', timestamp '2026-07-01', interval 1 day) as days(day);

    -- The second version begins in the middle of a month.
    create table seeds.rule_versions as
    select * from (values
        ('mql', '1', date '1900-01-01', 'Form filled'), ('mql', '2', date '2026-02-15', 'Form filled and firm known'),
        ('sql', '1', date '1900-01-01', 'Qualified')
    ) as versions(rule, version, valid_from, note);
"""


def write_upstream(conn: Sql) -> None:
    """The tables that dbt would have built before."""
    conn.execute(UPSTREAM)


def followed(sql: Sql, where: str, left: str = "closed_at") -> tuple[Any, Any]:
    """Days and outcome (1 converted, 2 left, 0 neither) of cycles, worked out without the models."""
    rows = sql.execute(f"select opened_at, sql_at, {left} from intermediate.cycles where {where}").fetchall()
    ends = dt.datetime.combine(AS_OF + dt.timedelta(days=1), dt.time())
    days, outcomes = [], []
    for opened, converted, left in rows:
        over = (ends - opened) // dt.timedelta(days=1)
        event = converted or left
        day = -((opened - event) // dt.timedelta(days=1)) if event else over + 1
        days.append(min(day, over))
        outcomes.append(0 if day > over else 1 if converted else 2)
    return np.array(days), np.array(outcomes)


def curve(sql: Sql, basis: str, where: str) -> dict[str, Any]:
    """A curve of the models, at the days on which anything happens."""
    return sql.execute(f"""
        select elapsed, incidence, exit_incidence, variance
        from intermediate.int_conversion_curves
        where basis = '{basis}' and {where} and stage_pair = 'mql>sql' and converted + left_otherwise + censored > 0
        order by elapsed
    """).fetchnumpy()


def incidence(days: Any, outcomes: Any) -> CumIncidenceRight:
    """What statsmodels makes of it; it divides by zero where the last at risk have ended."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return CumIncidenceRight(days, outcomes)


def same_errors(variances: Any, errors: Any) -> None:
    """Standard errors agree; statsmodels has none on the day on which the last at risk have ended."""
    known = np.isfinite(errors)
    assert known[:-1].all()
    np.testing.assert_allclose(np.sqrt(variances)[known], errors[known], rtol=0, atol=1e-9)
