{{ config(meta={
    "identity": "F7",
    "owner": "data team",
    "remedy": "Everybody in the cohort shown has ended or was followed for the window, yet the estimate is not converted "
        ~ "/ cohort: int_conversion_times and int_conversion_days do not speak of the same people. Compare the two for "
        ~ "the cohort."
}) }}

with

    -- Out of sight within the window.
    hidden as (
        select {{ curve_keys() | join(", ") }}, sum(censored) as censored
        from {{ ref("int_conversion_curves") }}
        where elapsed < {{ var("funnel")["conversion_window_days"] }}
        group by {{ curve_keys() | join(", ") }}
    ),

    compared as (
        select
            {{ prefixed("estimates", curve_keys()) }},
            estimates.incidence,
            estimates.cohort_size,
            counts.converted,
            counts.cohort_size as cohort_size_counted
        from {{ ref("int_conversion_estimates") }} as estimates
        inner join hidden on {{ same_curve("estimates", "hidden") }}
        left join
            {{ ref("int_conversion_counts") }} as counts
            on counts.variant = 'cohort_' || estimates.basis
            and counts.stage_pair = estimates.stage_pair
            and counts.grain = estimates.grain
            and counts.period is not distinct from estimates.period
            and counts.dimension = estimates.dimension
            and counts.member = estimates.member
        where
            estimates.day = {{ var("funnel")["conversion_window_days"] }}
            and estimates.is_known
            and hidden.censored = 0
    )

select *
from compared
where
    cohort_size <> coalesce(cohort_size_counted, -1)
    or abs(incidence - cast(converted as double) / cohort_size) > 0.000000001
