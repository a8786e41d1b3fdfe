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

    funnel as (select * from {{ ref("kpi_funnel") }})

select
    -- period and cut
    funnel.grain,
    funnel.period,
    funnel.dimension,
    funnel.member,
    funnel.is_complete,
    coalesce(
        conversions.is_mature,
        max(conversions.is_mature) over (partition by funnel.grain, funnel.period)
    ) as is_mature,
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
    {{ ratio("funnel.sqls", "funnel.mqls") }} as throughput_ratio
from funnel
left join
    conversions
    on funnel.grain = conversions.grain
    and funnel.period is not distinct from conversions.period
    and funnel.dimension = conversions.dimension
    and funnel.member = conversions.member
