{#- More than there are fields of a record, and rows of a file. -#}
{% set fields, file_rows = 4, 2**32 %}
with

    kinds as (select * from {{ ref("int_status_kinds") }}),

    numbered as (
        select
            {{ paired("versions.record_no", "kinds.field_no", fields) }} as field_of_record,
            versions.seen_at,
            {{ paired("kinds.kind_no", "versions.file_row", file_rows) }} as place
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

    -- Three numbers alone go through the sort: every line of every log does.
    ordered as (
        select
            numbered.*,
            lag(place) over (partition by field_of_record order by seen_at, place) as place_before
        from numbered
    )

select
    {{ quotient("ordered.field_of_record", fields) }} as record_no,
    kinds.kind_no,
    ordered.seen_at as entered_at
from ordered
inner join kinds on {{ quotient("ordered.place", file_rows) }} = kinds.kind_no
left join
    kinds as kinds_before
    on {{ quotient("ordered.place_before", file_rows) }} = kinds_before.kind_no
where
    kinds.stage is not null
    and (kinds_before.value_no is null or kinds.value_no <> kinds_before.value_no)
