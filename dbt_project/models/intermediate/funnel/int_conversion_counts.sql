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

    cut_days as (
        select
            variant,
            stage_pair,
            cohort_date,
            dimension,
            member,
            sum(cohort_size) as cohort_size,
            sum(converted) as converted
        from
            {{ total_and_cuts(
                "conversion_days",
                funnel_cuts(),
                ["variant", "stage_pair", "cohort_date", "cohort_size", "converted"],
            ) }} as cuts
        group by variant, stage_pair, cohort_date, dimension, member
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
            cut_days.variant,
            cut_days.stage_pair,
            periods.grain,
            periods.period,
            periods.period_last_day,
            periods.is_complete,
            cut_days.dimension,
            cut_days.member,
            cut_days.cohort_size,
            cut_days.converted
        from cut_days
        inner join day_periods as periods on cut_days.cohort_date = periods.period_day
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
