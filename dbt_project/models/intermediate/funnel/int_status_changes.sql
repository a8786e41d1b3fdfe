with

    ordered as (
        select
            versions.*,
            lag(value) over (
                partition by crm, field, record_key
                order by seen_at, evidence, exported_at nulls last, file_id, file_row
            ) as value_before
        from {{ ref("int_status_versions") }} as versions
    )

select
    ordered.crm,
    ordered.field,
    ordered.record_key,
    ordered.value,
    stage_map.stage,
    ordered.owner,
    ordered.evidence,
    ordered.seen_at as entered_at
from ordered
inner join
    {{ ref("stage_map") }} as stage_map
    on ordered.crm = stage_map.crm
    and ordered.field = stage_map.field
    and ordered.value = stage_map.value
where ordered.value_before is null or ordered.value <> ordered.value_before
