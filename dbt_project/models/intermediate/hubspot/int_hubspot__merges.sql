with

    audited as (
        select contact_key, merged_key, min(merged_at) as merged_at
        from {{ ref("stg_hubspot__contact_merges") }}
        group by contact_key, merged_key
    ),

    -- Exports after a merge may forget the merged ids, so every version is read.
    versions as (
        select distinct contact_key, merged_keys
        from {{ ref("stg_hubspot__contacts") }}
        where merged_keys is not null
    ),

    listed as (
        select distinct contact_key, part as merged_key
        from {{ split_rows("versions", "merged_keys") }}
        where part <> ''
    ),

    dated as (select distinct merged_key from audited)

select contact_key, merged_key, merged_at
from audited
where merged_at is null or {{ local_date("merged_at") }} <= {{ as_of_date() }}
union all
-- The list names no time. Whoever stands in the audit is told by the audit alone: the list of the
-- last contact of a chain names all before it, also those whom a merge yet to come will bring.
select listed.contact_key, listed.merged_key, cast(null as timestamp)
from listed
left join dated on listed.merged_key = dated.merged_key
where dated.merged_key is null
