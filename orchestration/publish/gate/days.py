"""Days of an ad account that no export covers, where the account has always had its days."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from orchestration.publish.gate.guard import NO_HISTORY, Guard, Seen
from orchestration.publish.gate.history import SERIES, History, account_days, known_files
from orchestration.publish.gate.successors import ADS

# Only an account that had (nearly) every such weekday is missed on one. A template has rows where something was spent.
MISSING = f"""
with delivered as (
    select source, max(until) as until
    from (select source, max(spend_date) as until from days where is_fresh group by all union all from due)
    group by source
),
expected as (
    select {SERIES}, last_day, cast(unnest(generate_series(last_day + 1, until, interval 1 day)) as date) as day
    from known_until inner join delivered using (source)
    union all
    select {SERIES}, last_day, spend_date from days_before inner join known_until using ({SERIES})
),
missing as (
    select distinct {SERIES}, last_day, day
    from expected anti join days on expected.day = days.spend_date
        and (expected.source, expected.account_key) = (days.source, days.account_key)
),
weekdays as (
    select {SERIES}, day, count(days_before.spend_date) as weeks
    from missing inner join days_before using ({SERIES})
    where days_before.spend_date > last_day - cast(7 * $weeks as integer) and (day - days_before.spend_date) % 7 = 0
    group by all
)
select source, account_key, min(day), max(day), count(distinct day)
from weekdays where weeks >= $weeks - 1 and source <> 'template'
group by source, account_key
order by all
"""


# So many exports show how soon after a day the source tells of it; older ones are not looked at.
AT_LEAST, AT_MOST = 4, 5


def no_day_is_missing(history: History) -> Seen:
    """Days up to the newest that the source delivered, or that is due by its habit, and days that the version had."""
    if not history.knows("fct_spend_history"):
        return NO_HISTORY
    account_days(history)
    history.conn.execute("create or replace temp table due (source varchar, until date)")
    for source, until in _due(history):
        history.conn.execute("insert into due values (?, ?)", [source, until])
    found = history.rows(MISSING, weeks=history.rules.gate.history_weeks)
    return Seen(
        [
            f"{source} {account}: {count} {'day' if count == 1 else 'days'} missing"
            + (f", {first}" if first == last else f" between {first} and {last}")
            for source, account, first, last, count in found
        ]
    )


def _due(history: History) -> Iterator[tuple[str, date]]:
    """The day that new exports of a source reach if they end as long before they are made as its earlier ones did."""
    known, ends = known_files(history.before), defaultdict(list)
    for source, made, end, file_id in sorted(
        (str(file.source), date.fromisoformat(file.exported_at[:10]), date.fromisoformat(file.window[1]), file.file_id)
        for file in history.files
        if file.stream in ADS and file.window and file.exported_at
    ):
        ends[source].append((made, end, file_id in known))
    for source, several in ends.items():
        waited = [(made - end).days for made, end, is_known in several if is_known][-AT_MOST:]
        fresh = [made for made, _, is_known in several if not is_known]
        if fresh and len(waited) >= AT_LEAST:
            yield source, fresh[-1] - timedelta(days=max(waited))


GUARDS = [
    Guard(
        "days.no_day_is_missing",
        "every day of an ad account is covered by an export, also a day on which nothing happened",
        no_day_is_missing,
        "export the days that are named and land them too; approve it if the account was paused",
        owner="marketing",
    ),
]
