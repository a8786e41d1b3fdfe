with

    merges as (
        select
            contact_key as record_key,
            merged_key as token,
            merged_key as gone_key,
            {{ local_date("merged_at") }} as effective_date,
            'merge' as reason
        from {{ ref("int_hubspot__merges") }}
        union all
        select lead_key, master_record_key, lead_key, {{ local_date("updated_at") }}, 'merge'
        from {{ ref("int_salesforce__leads") }}
        where master_record_key is not null
        union all
        select contact_key, master_record_key, contact_key, {{ local_date("updated_at") }}, 'merge'
        from {{ ref("int_salesforce__contacts") }}
        where master_record_key is not null
        union all
        select person_key, merged_into_key, person_key, {{ local_date("merged_at") }}, 'merge'
        from {{ ref("int_template__people") }}
        where merged_into_key is not null
        union all
        select lead_key, converted_contact_key, cast(null as string), converted_date, 'conversion'
        from {{ ref("int_salesforce__leads") }}
        where converted_contact_key is not null
    ),

    changes as (
        select *
        from merges
        where effective_date is not null
        union all
        -- A mark has the day of the deletion, else of the record's last change.
        select
            records.record_key,
            cast(null as string),
            cast(null as string),
            coalesce(
                {{ local_date("people.deleted_at") }},
                {{ local_date("records.last_seen_at") }},
                date '1900-01-01'
            ),
            records.flagged_as
        from {{ ref("int_records") }} as records
        left join
            {{ ref("int_template__people") }} as people on records.record_key = people.person_key
        where records.flagged_as is not null
    ),

    numbered as (
        select
            {{ key_number("record_key") }} as record_no,
            {{ key_number("token") }} as token_no,
            {{ key_number("gone_key") }} as gone_no,
            effective_date,
            reason
        from changes
    )

-- Where the record that stays is in no export, the one that went is the person's.
select
    coalesce(own.component_id, gone.component_id) as person_id,
    numbered.record_no,
    numbered.token_no,
    numbered.gone_no,
    numbered.effective_date,
    numbered.reason
from numbered
left join {{ ref("int_person_records") }} as own on numbered.record_no = own.record_no
left join {{ ref("int_person_records") }} as gone on numbered.gone_no = gone.record_no
where coalesce(own.component_id, gone.component_id) is not null
