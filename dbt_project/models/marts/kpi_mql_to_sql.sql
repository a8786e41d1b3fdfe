{% set is_mature -%}
    coalesce(
        conversions.is_mature,
        max(conversions.is_mature) over (partition by funnel.grain, funnel.period)
    )
{%- endset %}
{% set rate = "(cast(conversions.converted_mqls as double) / nullif(conversions.cohort_mqls, 0))" %}
{% set rate_lower = wilson_bound(rate, "conversions.cohort_mqls", "-") %}
{% set rate_upper = wilson_bound(rate, "conversions.cohort_mqls", "+") %}
with

    conversions as (
        select
            grain,
            period,
            dimension,
            member,
            is_complete,
            is_mature,
            {{ conversion_count("cohort_person", "cohort_size") }} as cohort_mqls,
            {{ conversion_count("cohort_person", "converted") }} as converted_mqls,
            {{ conversion_count("cohort_cycle", "cohort_size") }} as cohort_cycles,
            {{ conversion_count("cohort_cycle", "converted") }} as converted_cycles,
            {{ conversion_count("strict", "cohort_size") }} as strict_cohort_mqls,
            {{ conversion_count("strict", "converted") }} as strict_converted_mqls
        from {{ ref("int_conversion_counts") }}
        where stage_pair = 'mql>sql'
        group by grain, period, dimension, member, is_complete, is_mature
    ),

    estimates as (
        select
            grain,
            period,
            dimension,
            member,
            max(case when basis = 'person' then incidence end) as incidence,
            max(case when basis = 'person' then incidence_lower end) as incidence_lower,
            max(case when basis = 'person' then incidence_upper end) as incidence_upper,
            max(case when basis = 'cycle' then incidence end) as cycle_incidence
        from {{ ref("int_conversion_estimates") }}
        where stage_pair = 'mql>sql' and day = {{ var("funnel")["conversion_window_days"] }}
        group by grain, period, dimension, member
    ),

    funnel as (select * from {{ ref("kpi_funnel") }})

select
    -- period and cut
    funnel.grain,
    funnel.period,
    funnel.dimension,
    funnel.member,
    funnel.is_complete,
    {{ is_mature }} as is_mature,
    cast({{ var("funnel")["conversion_window_days"] }} as bigint) as conversion_window_days,
    funnel.as_of,

    -- cohort of the period, followed for the window
    coalesce(conversions.cohort_mqls, 0) as cohort_mqls,
    coalesce(conversions.converted_mqls, 0) as converted_mqls,
    {{ ratio("conversions.converted_mqls", "conversions.cohort_mqls") }} as conversion_rate,
    coalesce(conversions.cohort_cycles, 0) as cohort_cycles,
    coalesce(conversions.converted_cycles, 0) as converted_cycles,
    {{ ratio("conversions.converted_cycles", "conversions.cohort_cycles") }}
    as cycle_conversion_rate,
    coalesce(conversions.strict_cohort_mqls, 0) as strict_cohort_mqls,
    coalesce(conversions.strict_converted_mqls, 0) as strict_converted_mqls,
    {{ ratio("conversions.strict_converted_mqls", "conversions.strict_cohort_mqls") }}
    as strict_conversion_rate,

    -- events of the period: different persons above and below the line
    funnel.mqls,
    funnel.sqls,
    {{ ratio("funnel.sqls", "funnel.mqls") }} as throughput_ratio,

    -- what chance leaves open, and what those still under way may add
    {{ rounded(rate_lower) }} as conversion_rate_lower,
    {{ rounded(rate_upper) }} as conversion_rate_upper,
    {{ rounded("estimates.incidence") }} as adjusted_conversion_rate,
    {{ rounded("estimates.cycle_incidence") }} as adjusted_cycle_conversion_rate,

    -- the plain rate of a cohort still under way says too little (R10)
    case
        when {{ is_mature }}
        then 'mature cohort'
        when estimates.incidence is not null
        then 'cif'
        else 'none'
    end as headline_basis,
    case
        when {{ is_mature }}
        then {{ ratio("conversions.converted_mqls", "conversions.cohort_mqls") }}
        else {{ rounded("estimates.incidence") }}
    end as headline_rate,
    case
        when {{ is_mature }}
        then {{ rounded(rate_lower) }}
        else {{ rounded("estimates.incidence_lower") }}
    end as headline_lower,
    case
        when {{ is_mature }}
        then {{ rounded(rate_upper) }}
        else {{ rounded("estimates.incidence_upper") }}
    end as headline_upper
from funnel
left join
    conversions
    on funnel.grain = conversions.grain
    and funnel.period is not distinct from conversions.period
    and funnel.dimension = conversions.dimension
    and funnel.member = conversions.member
left join
    estimates
    on funnel.grain = estimates.grain
    and funnel.period is not distinct from estimates.period
    and funnel.dimension = estimates.dimension
    and funnel.member = estimates.member
