{{ config(materialized="view") }}
with

    records as (select * from {{ ref("int_person_records") }}),
    components as (select * from {{ ref("int_person_components") }}),
    left_out as (
        select person_id, exclusion_reason
        from {{ ref("int_funnel_persons") }}
        where exclusion_reason is not null
    ),

    -- A key that several records share ties them; any that is no record's own is an address.
    shared as (select token_no from components group by token_no having count(*) > 1),
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
    ties as (
        select
            shared.token_no,
            case
                when merged.token_no is not null
                then 1
                when converted.token_no is not null
                then 2
                else 3
            end as tie_no
        from shared
        left join merged on shared.token_no = merged.token_no
        left join converted on shared.token_no = converted.token_no
    ),
    tied as (
        select components.record_no, min(ties.tie_no) as tie_no
        from components
        inner join ties on components.token_no = ties.token_no
        group by components.record_no
    ),

    -- One record stands for the person: what is left of the others, the earliest one first.
    counted as (
        select
            records.record_no,
            records.component_id,
            records.source,
            records.is_merged_away,
            records.is_converted,
            records.created_at
        from records
        left join left_out on records.component_id = left_out.person_id
        where records.exclusion_reason is null and left_out.exclusion_reason is null
    ),
    ranked as (
        select
            counted.record_no,
            row_number() over (
                partition by counted.component_id
                order by
                    counted.is_merged_away,
                    counted.is_converted,
                    counted.created_at nulls last,
                    counted.source,
                    counted.record_no
            ) as choice
        from counted
    ),

    judged as (
        select
            records.*,
            coalesce(records.exclusion_reason, left_out.exclusion_reason) as reason,
            tied.tie_no,
            coalesce(ranked.choice, 1) as choice
        from records
        left join left_out on records.component_id = left_out.person_id
        left join tied on records.record_no = tied.record_no
        left join ranked on records.record_no = ranked.record_no
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
        when choice = 1
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
