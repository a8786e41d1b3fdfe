with

    medians as (select * from {{ ref("int_conversion_medians") }}),
    periods as (
        select distinct grain, period, period_last_day, is_complete from {{ ref("int_periods") }}
    )

select
    -- cohort
    medians.stage_pair,
    medians.basis,
    medians.grain,
    medians.period,
    medians.dimension,
    medians.member,
    periods.is_complete,
    cast(periods.period_last_day + {{ var("funnel")["conversion_window_days"] }} as date)
    <= {{ as_of_date() }} as is_mature,
    cast({{ var("funnel")["conversion_window_days"] }} as bigint) as conversion_window_days,
    {{ as_of_date() }} as as_of,

    -- counts
    medians.cohort_size,
    medians.converted_in_window,
    medians.converted,

    -- days
    medians.velocity_days,
    medians.p50_all_days,
    medians.observed_days
from medians
left join
    periods on medians.grain = periods.grain and medians.period is not distinct from periods.period
