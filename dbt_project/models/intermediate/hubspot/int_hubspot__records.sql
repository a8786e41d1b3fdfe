with

    contacts as (select * from {{ ref("int_hubspot__contacts") }}),
    rules as (
        select *
        from {{ ref("channel_rules") }}
        where source = 'hubspot' and field = 'original_source'
    ),
    stages as (select * from {{ ref("int_stages") }}),
    lifecycles as (
        select stage_map.value, stage_map.stage as excluded_as
        from {{ ref("stage_map") }} as stage_map
        left join stages on stage_map.stage = stages.stage
        where
            stage_map.crm = 'hubspot'
            and stage_map.field = 'lifecycle_stage'
            and stages.stage is null
    ),
    merged as (
        select distinct {{ key_number("merged_key") }} as merged_no
        from {{ ref("int_hubspot__merges") }}
    )

select
    contacts.contact_key as record_key,
    contacts.record_no,
    'hubspot_contact' as source,
    {{ first_known("contacts.created_at", "contacts.became_lead_at", "contacts.updated_at", "contacts.exported_at") }}
    as created_at,
    {{ channel_of("named.channel", "others.channel", "contacts.original_source") }} as channel,
    cast(null as string) as account_key,
    cast(null as string) as customer_key,
    lifecycles.excluded_as as flagged_as,
    merged.merged_no is not null as is_merged_away,
    false as is_converted,
    coalesce(
        {{ effective("contacts.is_deleted", local_date("contacts.updated_at")) }}, false
    ) as is_deleted,
    coalesce(contacts.updated_at, contacts.exported_at) as last_seen_at,
    contacts.file_id,
    contacts.file_row
from contacts
left join rules as named on lower(trim(contacts.original_source)) = named.value
left join rules as others on others.value = '*'
left join lifecycles on lower(trim(contacts.lifecycle_stage)) = lifecycles.value
left join merged on contacts.record_no = merged.merged_no
