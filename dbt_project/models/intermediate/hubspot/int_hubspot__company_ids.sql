-- Exports after a merge may forget the merged ids, so every version is read.
with

    versions as (
        select distinct company_id, merged_ids
        from {{ ref("stg_hubspot__companies") }}
        where merged_ids is not null
    ),

    links as (
        select company_id as record_key, company_id as token
        from {{ ref("stg_hubspot__companies") }}
        union
        select company_id, trim(part)
        from {{ split_rows("versions", "merged_ids") }}
        where trim(part) <> ''
    ),

    components as ({{ connected_components("links") }})

select distinct token as company_id, component_id as first_id
from components
