{{ config(meta={
    "identity": "F7",
    "owner": "data team",
    "remedy": "The estimate does not speak of the cohort shown, or everybody in it has ended or was followed for the window "
        ~ "and yet it is not converted / cohort. Compare int_conversion_times with int_conversion_days for the cohort."
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
            counts.variant,
            counts.stage_pair,
            counts.grain,
            counts.period,
            counts.dimension,
            counts.member,
            counts.cohort_size,
            estimates.cohort_size as estimated_cohort_size,
            counts.converted,
            case when hidden.censored = 0 then estimates.incidence end as known_incidence
        from {{ ref("int_conversion_counts") }} as counts
        left join
            {{ ref("int_conversion_estimates") }} as estimates
            on counts.variant = 'cohort_' || estimates.basis
            and estimates.day = {{ var("funnel")["conversion_window_days"] }}
            and counts.stage_pair = estimates.stage_pair
            and counts.grain = estimates.grain
            and counts.period is not distinct from estimates.period
            and counts.dimension = estimates.dimension
            and counts.member = estimates.member
        left join hidden on {{ same_curve("estimates", "hidden") }}
        where counts.variant <> 'strict' and counts.grain not in ('day', 'week')
    )

select *
from compared
where
    cohort_size <> coalesce(estimated_cohort_size, -1)
    or abs(known_incidence - cast(converted as double) / cohort_size) > 0.000000001
