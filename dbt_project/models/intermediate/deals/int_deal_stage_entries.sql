with

    stamped as (
        select distinct deal_id, stage_entries
        from {{ ref("stg_hubspot__deals") }}
        where stage_entries is not null
    ),

    -- Exports name a stage by its label or by its id.
    hubspot as (
        select
            deal_id,
            split_part(part, '=', 1) as stage,
            cast(split_part(part, '=', 2) as timestamp) as entered_at
        from {{ split_rows("stamped", "stage_entries") }}
        union all
        select deal_id, stage_id, entered_at
        from {{ ref("stg_hubspot__deal_stage_history") }}
        union all
        select deal_id, value, changed_at
        from {{ ref("stg_hubspot__deal_property_history") }}
        where property = 'dealstage'
    ),

    salesforce as (
        select opportunity_id as deal_id, stage, changed_at as entered_at
        from {{ ref("stg_salesforce__opportunity_history") }}
        where not coalesce(is_deleted, false)
        union all
        select opportunity_id, new_value, changed_at
        from {{ ref("stg_salesforce__opportunity_field_history") }}
        where lower(field) in ('stagename', 'stage') and not coalesce(is_deleted, false)
    ),

    shown as (
        select
            'hubspot' as source,
            'deal_stage' as field,
            hubspot.deal_id as source_opportunity_id,
            lower(trim(coalesce(labels.label, hubspot.stage))) as stage_value,
            hubspot.entered_at
        from hubspot
        left join
            {{ ref("int_hubspot__pipeline_stages") }} as labels on hubspot.stage = labels.stage_id
        union all
        select 'salesforce', 'opportunity_stage', deal_id, lower(trim(stage)), entered_at
        from salesforce
    ),

    -- A log that also notes new amounts repeats the stage; two logs of one change are one.
    ordered as (
        select
            shown.*,
            lag(stage_value) over (
                partition by source, source_opportunity_id order by entered_at, stage_value
            ) as value_before
        from shown
        where stage_value is not null and entered_at is not null
    )

select
    ordered.source,
    ordered.field,
    ordered.source_opportunity_id,
    ordered.stage_value,
    stage_map.stage,
    ordered.entered_at
from ordered
left join
    {{ ref("stage_map") }} as stage_map
    on ordered.source = stage_map.crm
    and ordered.field = stage_map.field
    and ordered.stage_value = stage_map.value
where ordered.value_before is null or ordered.value_before <> ordered.stage_value
