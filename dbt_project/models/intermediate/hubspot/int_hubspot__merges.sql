-- Exports after a merge may forget the merged ids, so every version is read, and the audit beside
-- it.
with

    versions as (
        select distinct contact_key, merged_keys
        from {{ ref("stg_hubspot__contacts") }}
        where merged_keys is not null
    )

select distinct contact_key, part as merged_key
from {{ split_rows("versions", "merged_keys") }}
where part <> ''
union
select contact_key, merged_key
from {{ ref("stg_hubspot__contact_merges") }}
