"""A figure that a platform suddenly no longer has: all zero, or missing."""

from orchestration.publish.gate.guard import NO_HISTORY, Guard, Seen
from orchestration.publish.gate.history import History, account_days

# Ten expected and none seen is no accident, however irregular the figure.
EXPECTED_AT_LEAST = 10
SILENT = """
with fresh as (unpivot (from days where is_fresh) on spend, impressions, clicks, conversions
    into name measure value figure),
before as (unpivot days_before on spend, impressions, clicks, conversions into name measure value figure),
usual as (
    select source, account_key, measure, avg(figure) as a_day
    from before inner join known_until using (source, account_key, currency)
    where spend_date > last_day - cast(7 * $weeks as integer)
    group by all
),
now as (
    select source, account_key, measure, count(distinct spend_date) as days, min(spend_date) as first_day,
        max(spend_date) as last_day, sum(figure) as figure
    from usual
    semi join fresh using (source, account_key)
    inner join (select distinct source, account_key, spend_date from days where is_fresh) as fresh_days
        using (source, account_key)
    left join fresh using (source, account_key, measure, spend_date)
    group by all
)
select source, account_key, measure, first_day, last_day, a_day * days
from now inner join usual using (source, account_key, measure)
where coalesce(figure, 0) = 0 and a_day * days >= $expected
order by all
"""


def no_figure_falls_silent(history: History) -> Seen:
    """Each figure of the days in new ad exports, where the account had it before."""
    if not history.knows("fct_spend_history"):
        return NO_HISTORY
    account_days(history)
    found = history.rows(SILENT, weeks=history.rules.gate.history_weeks, expected=EXPECTED_AT_LEAST)
    return Seen(
        [
            f"{source} {account}: no {measure} from {first} to {last}, usually {expected:,.0f}"
            for source, account, measure, first, last, expected in found
        ]
    )


GUARDS = [
    Guard(
        "zeros.no_figure_falls_silent",
        "spend, impressions, clicks and conversions of an ad account are not all zero or missing where they were not",
        no_figure_falls_silent,
        "add the column to the report again, or ask whether its definition changed; approve it if tracking was ended",
        owner="marketing",
    ),
]
