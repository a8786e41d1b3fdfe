{{ config(materialized="view") }}
with

    records as (select * from {{ ref("int_person_records") }}),
    components as (select * from {{ ref("int_person_components") }}),
    left_out as (
        select person_id, exclusion_reason
        from {{ ref("int_funnel_persons") }}
        where exclusion_reason is not null
    ),

    merged as (
        select {{ key_number("merged_key") }} as token_no
        from {{ ref("int_hubspot__merges") }}
        union
        select {{ key_number("master_record_key") }}
        from {{ ref("int_salesforce__leads") }}
        where master_record_key is not null
        union
        select {{ key_number("master_record_key") }}
        from {{ ref("int_salesforce__contacts") }}
        where master_record_key is not null
        union
        select {{ key_number("merged_into_key") }}
        from {{ ref("int_template__people") }}
        where merged_into_key is not null
    ),
    converted as (
        select distinct {{ key_number("converted_contact_key") }} as token_no
        from {{ ref("int_salesforce__leads") }}
        where converted_contact_key is not null
    ),
    links as (
        select token_no, 1 as tie_no
        from merged
        union all
        select token_no, 2
        from converted
    ),

    -- A key that several records share ties them; any that is no record's own is an address.
    ties as (
        select components.token_no, min(links.tie_no) as tie_no
        from components
        inner join
            (select token_no, min(tie_no) as tie_no from links group by token_no) as links
            on components.token_no = links.token_no
        group by components.token_no
        having count(*) > 1
        union all
        select components.token_no, 3
        from components
        left join links on components.token_no = links.token_no
        where links.token_no is null and components.token_no <> components.record_no
        group by components.token_no
        having count(*) > 1
    ),
    tied as (
        select components.record_no, min(ties.tie_no) as tie_no
        from components
        inner join ties on components.token_no = ties.token_no
        group by components.record_no
    ),

    judged as (
        select
            records.*,
            coalesce(records.exclusion_reason, left_out.exclusion_reason) as reason,
            tied.tie_no,
            persons.standing_record_no = records.record_no as is_standing
        from records
        left join left_out on records.component_id = left_out.person_id
        left join tied on records.record_no = tied.record_no
        inner join {{ ref("int_persons") }} as persons on records.component_id = persons.person_id
    )

select
    record_key,
    source,
    case when reason is null then component_id end as person_id,
    reason as exclusion_reason,
    case
        when is_merged_away
        then 'merged_away'
        when is_converted
        then 'converted'
        when is_deleted
        then 'tombstone'
        else 'surviving'
    end as role,
    case
        tie_no when 1 then 'merge' when 2 then 'conversion' when 3 then 'email' else 'alone'
    end as evidence,
    case
        when reason is not null
        then 'excluded'
        when is_standing
        then 'person'
        when is_merged_away
        then 'merged'
        when is_converted
        then 'converted'
        else 'same_person'
    end as fate,
    created_at,
    last_seen_at
from judged
