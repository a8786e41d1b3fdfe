"""Days of an ad account that no export covers, where the account has always had its days."""

from orchestration.publish.gate.guard import NO_HISTORY, Guard, Seen
from orchestration.publish.gate.history import SERIES, History, account_days

# Only an account that had (nearly) every such weekday is missed on one. A template has rows where something was spent.
MISSING = f"""
with delivered as (select source, max(spend_date) as until from days where is_fresh group by all),
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


def no_day_is_missing(history: History) -> Seen:
    """Days up to the newest that the source delivered, and days that the version online had."""
    if not history.knows("fct_spend_history"):
        return NO_HISTORY
    account_days(history)
    found = history.rows(MISSING, weeks=history.rules.gate.history_weeks)
    return Seen(
        [
            f"{source} {account}: {count} {'day' if count == 1 else 'days'} missing"
            + (f", {first}" if first == last else f" between {first} and {last}")
            for source, account, first, last, count in found
        ]
    )


GUARDS = [
    Guard(
        "days.no_day_is_missing",
        "every day of an ad account is covered by an export, also a day on which nothing happened",
        no_day_is_missing,
        "export the days that are named and land them too; approve it if the account was paused",
        owner="marketing",
    ),
]
