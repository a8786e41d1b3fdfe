with

    rules as (select * from {{ ref("channel_rules") }}),

    targets as (
        select
            current_targets.*,
            split_part(kpi, ':', 1) as kpi_id,
            nullif(split_part(kpi, ':', 2), '') as variant
        from
            {{ newest(ref("stg_template__kpi_targets"), ["kpi", "period_start", "period_end", "coalesce(channel, '')"]) }}
            as current_targets
    )

select
    targets.kpi_id as kpi,
    targets.variant,
    targets.period_start,
    targets.period_end,
    case
        when targets.channel is not null
        then {{ channel_of("named.channel", "others.channel", "targets.channel") }}
    end as channel,
    targets.target
from targets
left join
    rules as named
    on named.source = 'template'
    and named.field = 'channel'
    and lower(trim(targets.channel)) = named.value
left join
    rules as others
    on others.source = 'template'
    and others.field = 'channel'
    and others.value = '*'
