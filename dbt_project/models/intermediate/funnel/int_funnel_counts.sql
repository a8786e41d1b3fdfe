with

    funnel_days as (select * from {{ ref("int_funnel_days") }}),
    day_periods as (select * from {{ ref("int_periods") }}),
    periods as (select distinct grain, period, period_last_day, is_complete from day_periods),

    measures as (
        select stage as measure
        from {{ ref("int_stages") }}
        where stage_no is not null
        union all
        select 'mql_cycles'
        union all
        select 're_mqls'
        union all
        select 'opportunities'
        union all
        select 'won_deals'
    ),

    placed as (
        select
            funnel_days.measure,
            periods.grain,
            periods.period,
            periods.period_last_day,
            periods.is_complete,
            funnel_days.channel,
            funnel_days.entities
        from funnel_days
        inner join day_periods as periods on funnel_days.fact_date = periods.period_day
    ),

    counted as (
        -- A period without anybody is a zero, not a gap.
        select
            measures.measure,
            periods.grain,
            periods.period,
            periods.period_last_day,
            periods.is_complete,
            '' as dimension,
            '' as member,
            0 as entities
        from measures
        cross join periods
        union all
        select measure, grain, period, period_last_day, is_complete, '', '', entities
        from placed
        union all
        select measure, grain, period, period_last_day, is_complete, 'channel', channel, entities
        from placed
    )

select
    measure,
    grain,
    period,
    period_last_day,
    is_complete,
    dimension,
    member,
    cast(sum(entities) as bigint) as entities
from counted
group by measure, grain, period, period_last_day, is_complete, dimension, member
