"""Spend that does not fit its clicks, and campaigns that are there twice under names of their own."""

from orchestration.publish.gate.guard import FEW, NO_HISTORY, Guard, Seen
from orchestration.publish.gate.history import SERIES, History, account_days

# The new days as a whole against the same weekdays of each of the weeks before them; a price grows and shrinks by
# factors, so logarithms are compared.
PRICES = f"""
with looked_at as (
    select {SERIES}, spend_date, spend, clicks, last_day,
        cast(ceil((max(spend_date) over (partition by {SERIES}) - last_day) / 7) as integer) as weeks_open,
        count(*) over (partition by {SERIES}) as new_days
    from days inner join known_until using ({SERIES})
    where spend_date > last_day
),
now as (
    select {SERIES}, min(spend_date) as first_day, max(spend_date) as until, sum(spend) / sum(clicks) as price
    from looked_at where source <> 'template'
    group by all having sum(clicks) >= $enough and sum(spend) > 0
),
weeks as (
    select {SERIES}, number, sum(days.spend) / sum(days.clicks) as price
    from looked_at
    cross join generate_series(0, $weeks - 1) as numbers(number)
    inner join days using ({SERIES})
    where days.spend_date = looked_at.spend_date - cast(7 * (weeks_open + number) as integer)
    group by {SERIES}, number, new_days
    having count(*) = new_days and sum(days.clicks) > 0 and sum(days.spend) > 0
),
usual as (
    select {SERIES}, avg(ln(price)) as middle, stddev_samp(ln(price)) as deviation
    from weeks group by all having count(*) = $weeks
)
select source, account_key, currency, first_day, until, price, exp(middle)
from now inner join usual using ({SERIES})
where abs(ln(price) - middle) > greatest(ln(1 + $share), $deviations * deviation)
order by all
"""
ALIKE = """
select source, coalesce(account_id, ''), min(spend_date), max(spend_date), sum(campaigns - 1)
from (
    select source, account_id, spend_date, count(*) as campaigns
    from {side}.marts.fct_spend
    where spend_in_currency > 0 and clicks > 1
    group by source, account_id, currency, spend_date, spend_in_currency, impressions, clicks
    having count(*) > 1
)
group by source, account_id
order by all
"""
# A campaign of every day of four weeks, as large as what closed days may move by. Where so large ones end more often
# than once in a hundred days, nobody is asked: more questions than that would be no promise.
BROKEN_OFF = """
with campaign_days as (
    select source, account_id, campaign_id, any_value(campaign_name) as name, spend_date,
        sum(spend_in_currency) as spend, max(spend_date) over (partition by source, account_id) as last_day
    from online.marts.fct_spend where source <> 'template' and report_rows > 0
    group by source, account_id, campaign_id, spend_date
    qualify spend_date > last_day - 365
),
account_days as (select source, account_id, spend_date, sum(spend) as spend from campaign_days group by all),
ends as (
    select source, account_id, campaign_id, max(spend_date) as ended from campaign_days group by all
),
large as (
    select source, account_id, campaign_id, any_value(name) as name, ended, any_value(last_day) as last_day
    from ends
    inner join campaign_days using (source, account_id, campaign_id)
    inner join account_days using (source, account_id, spend_date)
    where spend_date > ended - 28
    group by source, account_id, campaign_id, ended
    having count(*) = 28 and sum(campaign_days.spend) >= $large * sum(account_days.spend)
),
ended_before as (
    select source, account_id, count(*) as campaigns from large where ended < last_day group by all
),
known as (select source, account_id, count(*) as days from account_days group by all),
now as (
    select distinct source, account_id, campaign_id
    from candidate.marts.fct_spend inner join large using (source, account_id, campaign_id)
    where report_rows > 0 and spend_date > last_day
),
delivered as (
    select distinct source, account_id
    from candidate.marts.fct_spend inner join (select distinct source, account_id, last_day from large)
        using (source, account_id)
    where report_rows > 0 and spend_date > last_day
)
select source, account_id, coalesce(name, campaign_id), last_day
from large
semi join delivered using (source, account_id)
inner join known using (source, account_id)
left join ended_before using (source, account_id)
anti join now using (source, account_id, campaign_id)
where ended = last_day and coalesce(campaigns, 0) <= $often * days
order by all
"""
# Fewer clicks have no price, and fewer than five deviations are no accident where three accounts are asked each day.
ENOUGH, DEVIATIONS = 30, 5
# Of days on which nothing is wrong, the gate may hold one in a hundred.
OFTEN = 0.01


def clicks_keep_their_price(history: History) -> Seen:
    """Spend per click of each ad account's new days; nothing is said of one without enough weeks before them."""
    if not history.knows("fct_spend_history"):
        return NO_HISTORY
    account_days(history)
    gate = history.rules.gate
    found = history.rows(PRICES, weeks=gate.history_weeks, enough=ENOUGH, share=gate.price_share, deviations=DEVIATIONS)
    return Seen(
        [
            f"{source} {account}: a click costs {price:,.2f} from {first} to {last}, usually {usual:,.2f} {currency}"
            for source, account, currency, first, last, price, usual in found
        ]
    )


def no_campaign_comes_twice(history: History) -> Seen:
    """Campaigns of an account with the same spend, impressions and clicks on a day, where there were none, or few."""
    if not history.knows("fct_spend"):
        return NO_HISTORY
    before = {(source, account): rows for source, account, _, _, rows in history.rows(ALIKE.format(side="online"))}
    return Seen(
        [
            f"{source} {account}: {rows:,} rows from {first} to {last} have the figures of another campaign"
            for source, account, first, last, rows in history.rows(ALIKE.format(side="candidate"))
            if rows > before.get((source, account), 0) * 2 + FEW
        ]
    )


def no_large_campaign_breaks_off(history: History) -> Seen:
    """Campaigns that carried an account's spend every day, and have no row in its new days; not where many end."""
    if not history.knows("fct_spend"):
        return NO_HISTORY
    large = history.rules.gate.restated_share
    return Seen(
        [
            f"{source} {account}: nothing of {name} after {last}, until then every day"
            for source, account, name, last in history.rows(BROKEN_OFF, large=large, often=OFTEN)
        ]
    )


GUARDS = [
    Guard(
        "spend.clicks_keep_their_price",
        "what a click costs an ad account moves by no more than duet.yml allows, or as it always did",
        clicks_keep_their_price,
        "compare spend and clicks with the platform's page; approve it if bids or campaigns were changed",
        owner="marketing",
    ),
    Guard(
        "spend.no_campaign_comes_twice",
        "no two campaigns of an ad account have the same figures day by day",
        no_campaign_comes_twice,
        "look whether campaigns are exported twice, as under a copy's id; approve it if both are real",
        owner="marketing",
    ),
    Guard(
        "spend.no_large_campaign_breaks_off",
        "a campaign of every day that carries its account's spend is in the new days too, unless many end",
        no_large_campaign_breaks_off,
        "export the report again without a filter of campaigns; approve it if the campaign was paused",
        owner="marketing",
    ),
]
