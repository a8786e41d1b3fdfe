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

    cut_days as (
        select measure, fact_date, dimension, member, sum(entities) as entities
        from
            {{ total_and_cuts("funnel_days", funnel_cuts(), ["measure", "fact_date", "entities"]) }}
            as cuts
        group by measure, fact_date, dimension, member
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
        select
            cut_days.measure,
            periods.grain,
            periods.period,
            periods.period_last_day,
            periods.is_complete,
            cut_days.dimension,
            cut_days.member,
            cut_days.entities
        from cut_days
        inner join day_periods as periods on cut_days.fact_date = periods.period_day
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
