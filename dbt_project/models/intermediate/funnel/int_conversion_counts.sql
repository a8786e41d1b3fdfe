with

    conversion_days as (select * from {{ ref("int_conversion_days") }}),
    day_periods as (select * from {{ ref("int_periods") }}),
    periods as (select distinct grain, period, period_last_day, is_complete from day_periods),

    measures as (
        select 'cohort_person' as variant, stage_pair
        from {{ ref("int_stage_pairs") }}
        union all
        select 'strict', stage_pair
        from {{ ref("int_stage_pairs") }}
        union all
        select 'cohort_cycle', stage_pair
        from {{ ref("int_stage_pairs") }}
        where stage_pair = 'mql>sql'
    ),

    placed as (
        select
            conversion_days.variant,
            conversion_days.stage_pair,
            periods.grain,
            periods.period,
            periods.period_last_day,
            periods.is_complete,
            conversion_days.channel,
            conversion_days.cohort_size,
            conversion_days.converted
        from conversion_days
        inner join day_periods as periods on conversion_days.cohort_date = periods.period_day
    ),

    counted as (
        -- A period without a cohort has a row: nobody of nobody.
        select
            measures.variant,
            measures.stage_pair,
            periods.grain,
            periods.period,
            periods.period_last_day,
            periods.is_complete,
            '' as dimension,
            '' as member,
            0 as cohort_size,
            0 as converted
        from measures
        cross join periods
        union all
        select
            variant,
            stage_pair,
            grain,
            period,
            period_last_day,
            is_complete,
            '',
            '',
            cohort_size,
            converted
        from placed
        union all
        select
            variant,
            stage_pair,
            grain,
            period,
            period_last_day,
            is_complete,
            'channel',
            channel,
            cohort_size,
            converted
        from placed
    )

select
    variant,
    stage_pair,
    grain,
    period,
    period_last_day,
    is_complete,
    cast(period_last_day + {{ var("funnel")["conversion_window_days"] }} as date)
    <= {{ as_of_date() }} as is_mature,
    dimension,
    member,
    cast(sum(cohort_size) as bigint) as cohort_size,
    cast(sum(converted) as bigint) as converted
from counted
group by variant, stage_pair, grain, period, period_last_day, is_complete, dimension, member
