with

    versions as (
        select
            'salesforce' as source,
            'opportunity_stage' as field,
            opportunity_id as source_opportunity_id,
            case
                when is_won
                then 'closed won'
                when is_closed
                then 'closed lost'
                else lower(trim(stage))
            end as value,
            {{ local_midnight("close_date") }} as closed_at,
            coalesce(updated_at, exported_at) as seen_at
        from {{ ref("stg_salesforce__opportunities") }}
        union all
        select
            'hubspot',
            'deal_stage',
            deals.deal_id,
            case
                when stages.is_won
                then 'closed won'
                when stages.is_closed
                then 'closed lost'
                else lower(trim(coalesce(deals.stage, stages.label, deals.stage_id)))
            end,
            deals.closed_at,
            coalesce(deals.updated_at, deals.exported_at)
        from {{ ref("stg_hubspot__deals") }} as deals
        left join
            {{ ref("int_hubspot__pipeline_stages") }} as stages on deals.stage_id = stages.stage_id
        union all
        select
            'pipedrive',
            'deal_status',
            deal_id,
            lower(trim(status)),
            coalesce(won_at, lost_at, closed_at),
            coalesce(updated_at, exported_at)
        from {{ ref("stg_pipedrive__deals") }}
        where lower(trim(status)) <> 'deleted'
        union all
        select
            'template',
            'opportunity_status',
            opportunity_id,
            lower(trim(status)),
            closed_at,
            coalesce(updated_at, exported_at)
        from {{ ref("stg_template__opportunities") }}
    ),

    mapped as (
        select
            versions.source,
            versions.source_opportunity_id,
            case
                when stage_map.stage in ('won', 'lost') then stage_map.stage else 'open'
            end as status,
            versions.closed_at,
            versions.seen_at
        from versions
        left join
            {{ ref("stage_map") }} as stage_map
            on versions.source = stage_map.crm
            and versions.field = stage_map.field
            and versions.value = stage_map.value
    )

-- The close date of a version that is open is only expected.
select distinct
    source,
    source_opportunity_id,
    status,
    case
        when status = 'open' then seen_at else least(coalesce(closed_at, seen_at), seen_at)
    end as seen_at
from mapped
union
select
    source,
    source_opportunity_id,
    case when stage in ('won', 'lost') then stage else 'open' end,
    entered_at
from {{ ref("int_deal_stage_entries") }}
