with

    estimates as (select * from {{ ref("int_conversion_estimates") }} where stage_pair = 'mql>sql'),
    periods as (
        select distinct grain, period, period_last_day, is_complete from {{ ref("int_periods") }}
    )

select
    -- cohort and day
    estimates.basis,
    estimates.grain,
    estimates.period,
    estimates.dimension,
    estimates.member,
    estimates.day,
    periods.is_complete,
    cast(periods.period_last_day + cast(estimates.day as int) as date)
    <= {{ as_of_date() }} as is_mature,
    {{ as_of_date() }} as as_of,

    -- life table
    estimates.cohort_size,
    estimates.at_risk,
    estimates.converted,
    estimates.left_otherwise,
    estimates.censored,

    -- estimates
    {{ rounded("estimates.survival") }} as survival,
    {{ rounded("estimates.incidence") }} as incidence,
    {{ rounded("estimates.incidence_lower") }} as incidence_lower,
    {{ rounded("estimates.incidence_upper") }} as incidence_upper,
    {{ rounded("estimates.standard_error") }} as standard_error,
    {{ rounded("estimates.exit_incidence") }} as exit_incidence,
    {{ rounded("estimates.km_incidence") }} as km_incidence
from estimates
left join
    periods
    on estimates.grain = periods.grain
    and estimates.period is not distinct from periods.period
