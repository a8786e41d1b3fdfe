with

    kinds as (select * from {{ ref("int_status_kinds") }}),

    numbered as (
        select
            versions.record_no,
            versions.seen_at,
            versions.file_row,
            kinds.kind_no,
            kinds.field_no,
            kinds.value_no
        from {{ ref("int_status_versions") }} as versions
        inner join
            kinds
            on versions.crm = kinds.crm
            and versions.field = kinds.field
            and versions.value = kinds.value
            and versions.evidence = kinds.evidence
            and versions.owner is not distinct from kinds.owner
            and versions.exported_at is not distinct from kinds.exported_at
            and versions.file_id = kinds.file_id
    ),

    -- Numbers alone go through the sort: every line of every log does.
    ordered as (
        select
            numbered.*,
            lag(value_no) over (
                partition by record_no, field_no order by seen_at, kind_no, file_row
            ) as value_before
        from numbered
    )

select ordered.record_no, ordered.kind_no, ordered.seen_at as entered_at
from ordered
inner join kinds on ordered.kind_no = kinds.kind_no
where
    kinds.stage is not null
    and (ordered.value_before is null or ordered.value_no <> ordered.value_before)
