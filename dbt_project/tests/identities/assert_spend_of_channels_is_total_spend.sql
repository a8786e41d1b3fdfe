{{ config(meta={
    "identity": "S2",
    "owner": "marketing",
    "remedy": "Spend of a channel is missing from or counted twice in the total: check channel_rules.csv for a "
        ~ "value that is listed twice."
}) }}

with

    totals as (
        select grain, period, dimension, sum(spend) as spend
        from {{ ref("int_media_periods") }}
        group by grain, period, dimension
    ),

    booked as (
        select 'all' as grain, sum(spend) as spend
        from {{ ref("int_media_days") }}
        where day <= {{ as_of_date() }}
    )

select channels.grain, channels.period, channels.spend, totals.spend as total_spend
from totals as channels
inner join
    totals
    on channels.grain = totals.grain
    and channels.period is not distinct from totals.period
    and totals.dimension = ''
where channels.dimension = 'channel' and abs(channels.spend - totals.spend) > 0.01
union all
select totals.grain, totals.period, booked.spend, totals.spend
from booked
inner join totals on booked.grain = totals.grain and totals.dimension = ''
where abs(booked.spend - totals.spend) > 0.01
