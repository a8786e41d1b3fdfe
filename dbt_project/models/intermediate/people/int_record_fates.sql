with

    records as (select * from {{ ref("int_person_records") }}),
    components as (select * from {{ ref("int_person_components") }}),
    left_out as (
        select person_id, exclusion_reason
        from {{ ref("int_funnel_persons") }}
        where exclusion_reason is not null
    ),

    -- A key that several records share ties them; any that is no record's own is an address.
    shared as (select token from components group by token having count(*) > 1),
    merged as (
        select merged_key as token
        from {{ ref("int_hubspot__merges") }}
        union
        select master_record_key
        from {{ ref("int_salesforce__leads") }}
        union
        select master_record_key
        from {{ ref("int_salesforce__contacts") }}
        union
        select merged_into_key
        from {{ ref("int_template__people") }}
    ),
    converted as (
        select distinct converted_contact_key as token from {{ ref("int_salesforce__leads") }}
    ),
    ties as (
        select
            shared.token,
            case
                when merged.token is not null then 1 when converted.token is not null then 2 else 3
            end as tie_no
        from shared
        left join merged on shared.token = merged.token
        left join converted on shared.token = converted.token
    ),
    tied as (
        select components.record_key, min(ties.tie_no) as tie_no
        from components
        inner join ties on components.token = ties.token
        group by components.record_key
    ),

    judged as (
        select
            records.*,
            coalesce(records.exclusion_reason, left_out.exclusion_reason) as reason,
            tied.tie_no
        from records
        left join left_out on records.component_id = left_out.person_id
        left join tied on records.record_key = tied.record_key
    ),

    -- One record stands for the person: what is left of the others, the earliest one first.
    several as (
        select component_id
        from judged
        where reason is null
        group by component_id
        having count(*) > 1
    ),
    ranked as (
        select
            judged.record_key,
            row_number() over (
                partition by judged.component_id
                order by
                    judged.is_merged_away,
                    judged.is_converted,
                    judged.created_at nulls last,
                    judged.record_key
            ) as choice
        from judged
        inner join several on judged.component_id = several.component_id
        where judged.reason is null
    )

select
    judged.record_key,
    judged.source,
    case when judged.reason is null then judged.component_id end as person_id,
    judged.reason as exclusion_reason,
    case
        when judged.is_merged_away
        then 'merged_away'
        when judged.is_converted
        then 'converted'
        when judged.is_deleted
        then 'tombstone'
        else 'surviving'
    end as role,
    case
        judged.tie_no when 1 then 'merge' when 2 then 'conversion' when 3 then 'email' else 'alone'
    end as evidence,
    case
        when judged.reason is not null
        then 'excluded'
        when coalesce(ranked.choice, 1) = 1
        then 'person'
        when judged.is_merged_away
        then 'merged'
        when judged.is_converted
        then 'converted'
        else 'same_person'
    end as fate,
    judged.created_at,
    judged.last_seen_at
from judged
left join ranked on judged.record_key = ranked.record_key
