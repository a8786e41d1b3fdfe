"""Days that are far smaller or larger than the same weekday has been."""

from orchestration.publish.gate.guard import NO_HISTORY, Guard, Seen
from orchestration.publish.gate.history import SERIES, History, account_days

# A day is looked at when it is new, or when it moved before it was closed; what it is held against was certified.
ACCOUNTS = f"""
with looked_at as (
    select days.*, known_until.last_day
    from days inner join known_until using ({SERIES})
    where spend_date > last_day or (is_fresh and spend_date > $closed_until)
),
figures as (unpivot looked_at on spend, impressions, clicks into name measure value figure),
earlier as (unpivot days on spend, impressions, clicks into name measure value figure),
compared as (
    select {SERIES}, measure, figures.spend_date, any_value(figures.figure) as figure,
        median(earlier.figure) as usual, min(earlier.figure) as low, max(earlier.figure) as high, count(*) as weeks
    from figures inner join earlier using ({SERIES}, measure)
    where earlier.spend_date < figures.spend_date
        and earlier.spend_date <= figures.last_day
        and earlier.spend_date >= figures.spend_date - cast(7 * $weeks as integer)
        and (figures.spend_date - earlier.spend_date) % 7 = 0
    group by {SERIES}, measure, figures.spend_date
)
select source, account_key, currency, measure, min(spend_date), count(*),
    arg_min(figure, spend_date), arg_min(usual, spend_date)
from compared
where weeks >= 4 and usual > 0
    and (figure < least(low, usual * (1 - $drop)) or figure > greatest(high, usual * (1 + $rise)))
group by source, account_key, currency, measure
order by all
"""

RECORDS = """
with records as (
    select 'orders' as subject, source, order_date as day from {side}.marts.fct_orders
    union all
    select 'records of people', source, first_seen_date from {side}.marts.bridge_person_records
    union all
    select 'deals', source, created_date from {side}.marts.bridge_deal_records
)
select subject, source, day, count(*) as records
from records where day is not null group by all
"""
COUNTED = f"create or replace temp table counted as {RECORDS.format(side='candidate')}"
COUNTED_BEFORE = f"create or replace temp table counted_before as {RECORDS.format(side='online')}"
# Rare records vary like a Poisson count: five standard deviations are no accident, but of a handful.
FEW = 10
COUNTS = """
with known as (select subject, source, max(day) as last_day from counted_before group by all),
reached as (
    select subject, source, last_day, max(day) as until
    from counted inner join known using (subject, source)
    group by all having until > last_day
),
expected as (
    select reached.subject, reached.source, until, last_day,
        sum(usual.records) * 1.0 / $weeks as a_day_of_the_week
    from reached
    cross join unnest(generate_series(last_day + 1, until, interval 1 day)) as new_day(moment)
    left join counted as usual
        on reached.subject = usual.subject and reached.source = usual.source
        and usual.day <= last_day and usual.day > last_day - cast(7 * $weeks as integer)
        and dayofweek(usual.day) = dayofweek(moment)
    group by reached.subject, reached.source, until, last_day
),
found as (
    select expected.*, (
        select coalesce(sum(records), 0) from counted
        where counted.subject = expected.subject and counted.source = expected.source and day > last_day
    ) as records
    from expected
)
select subject, source, last_day + 1, until, records, coalesce(a_day_of_the_week, 0) as usual
from found
where usual > 0
    and (records < usual * (1 - $drop) or records > usual * (1 + $rise))
    and abs(records - usual) > 5 * sqrt(usual)
    and greatest(records, usual) >= $few
order by all
"""


def accounts_keep_their_volume(history: History) -> Seen:
    """Spend, impressions and clicks of each ad account's new days against the same weekday of the weeks before."""
    if not history.knows("fct_spend_history"):
        return NO_HISTORY
    account_days(history)
    found = history.rows(ACCOUNTS, closed_until=history.closed_until, **_thresholds(history))
    return Seen(
        [
            f"{source} {account}: {measure} {figure:,.2f} on {day}, usually {usual:,.2f} {currency or ''}".rstrip()
            + (f", and {days - 1} more days" if days > 1 else "")
            for source, account, currency, measure, day, days, figure, usual in found
        ]
    )


def records_keep_their_number(history: History) -> Seen:
    """Orders, records of people and deals since the version online against as many days before."""
    if not history.knows("fct_orders", "bridge_person_records", "bridge_deal_records"):
        return NO_HISTORY
    history.conn.execute(COUNTED)
    history.conn.execute(COUNTED_BEFORE)
    found = history.rows(COUNTS, few=FEW, **_thresholds(history))
    return Seen(
        [
            f"{source}: {records:,} {subject} from {first} to {last}, usually {usual:,.0f}"
            for subject, source, first, last, records, usual in found
        ]
    )


def _thresholds(history: History) -> dict[str, float]:
    gate = history.rules.gate
    return dict(weeks=gate.history_weeks, drop=gate.volume_drop, rise=gate.volume_rise)


REMEDY = (
    "compare with the platform's own page: if the export is cut or doubled, export it again; if business did change, "
    "approve it"
)
GUARDS = [
    Guard(
        "volume.ad_accounts_keep_their_volume",
        "spend, impressions and clicks of an ad account's day are like those of the same weekday before",
        accounts_keep_their_volume,
        REMEDY,
        owner="marketing",
    ),
    Guard(
        "volume.records_keep_their_number",
        "orders, people and deals come in about as many as before",
        records_keep_their_number,
        REMEDY,
        owner="sales operations",
    ),
]
