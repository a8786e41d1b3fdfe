with

    kinds as (
        select distinct crm, field, value, owner, evidence, exported_at, file_id
        from {{ ref("int_status_versions") }}
    )

-- Versions of one moment count in the order of these numbers.
select
    row_number() over (
        order by
            kinds.evidence,
            kinds.exported_at nulls last,
            kinds.file_id,
            kinds.crm,
            kinds.field,
            kinds.value,
            kinds.owner nulls last
    ) as kind_no,
    dense_rank() over (order by kinds.crm, kinds.field) as field_no,
    dense_rank() over (order by kinds.crm, kinds.field, kinds.value) as value_no,
    kinds.crm,
    kinds.field,
    kinds.value,
    stage_map.stage,
    kinds.owner,
    kinds.evidence,
    kinds.exported_at,
    kinds.file_id
from kinds
left join
    {{ ref("stage_map") }} as stage_map
    on kinds.crm = stage_map.crm
    and kinds.field = stage_map.field
    and kinds.value = stage_map.value
