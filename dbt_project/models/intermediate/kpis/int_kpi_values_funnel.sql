with

    counts as (select * from {{ ref("int_funnel_counts") }}),
    conversions as (select * from {{ ref("int_conversion_counts") }}),
    pairs as (select * from {{ ref("int_stage_pairs") }}),

    counted as (
        select
            case
                measure
                when 'lead'
                then 'leads'
                when 'mql'
                then 'mqls'
                when 'sal'
                then 'sals'
                when 'sql'
                then 'sqls'
                when 'won_deals'
                then 'won'
                else measure
            end as kpi,
            case when measure = 'won_deals' then 'won_deals' else '' end as variant,
            grain,
            period,
            dimension,
            member,
            cast(entities as decimal(28, 8)) as numerator,
            cast(1 as decimal(28, 8)) as denominator,
            entities as n,
            true as is_mature
        from counts
        where measure in ('lead', 'mql', 'sal', 'sql', 'mql_cycles', 'opportunities', 'won_deals')
    ),

    converted as (
        select
            'stage_conversion_rate' as kpi,
            variant,
            grain,
            period,
            case
                when dimension = '' then 'stage_pair' else 'stage_pair+' || dimension
            end as dimension,
            case when dimension = '' then stage_pair else stage_pair || '+' || member end as member,
            cast(converted as decimal(28, 8)) as numerator,
            cast(cohort_size as decimal(28, 8)) as denominator,
            cohort_size as n,
            is_mature
        from conversions
    ),

    throughput as (
        select
            'throughput_ratio' as kpi,
            '' as variant,
            earlier.grain,
            earlier.period,
            'stage_pair' as dimension,
            pairs.stage_pair as member,
            cast(later.entities as decimal(28, 8)) as numerator,
            cast(earlier.entities as decimal(28, 8)) as denominator,
            earlier.entities as n,
            true as is_mature
        from pairs
        inner join
            counts as earlier on pairs.from_stage = earlier.measure and earlier.dimension = ''
        inner join
            counts as later
            on pairs.to_stage = later.measure
            and later.dimension = ''
            and earlier.grain = later.grain
            and earlier.period is not distinct from later.period
    )

select *
from counted
union all
select *
from converted
union all
select *
from throughput
