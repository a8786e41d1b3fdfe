with

    rules as (
        select *
        from {{ ref("channel_rules") }}
        where source = 'salesforce' and field = 'lead_source'
    ),
    stages as (select * from {{ ref("int_stages") }}),
    statuses as (
        select stage_map.value, stage_map.stage as excluded_as
        from {{ ref("stage_map") }} as stage_map
        left join stages on stage_map.stage = stages.stage
        where
            stage_map.crm = 'salesforce'
            and stage_map.field = 'lead_status'
            and stages.stage is null
    ),

    records as (
        select
            lead_key as record_key,
            record_no,
            'salesforce_lead' as source,
            created_at,
            updated_at,
            lead_source,
            status,
            converted_account_key as account_key,
            master_record_key,
            is_converted,
            is_deleted,
            exported_at,
            file_id,
            file_row
        from {{ ref("int_salesforce__leads") }}
        union all
        select
            contact_key,
            record_no,
            'salesforce_contact',
            created_at,
            updated_at,
            lead_source,
            cast(null as string),
            account_key,
            master_record_key,
            false,
            is_deleted,
            exported_at,
            file_id,
            file_row
        from {{ ref("int_salesforce__contacts") }}
    )

select
    records.record_key,
    records.record_no,
    records.source,
    coalesce(records.created_at, records.updated_at, records.exported_at) as created_at,
    {{ channel_of("named.channel", "others.channel", "records.lead_source") }} as channel,
    records.account_key,
    cast(null as string) as customer_key,
    statuses.excluded_as as flagged_as,
    records.master_record_key is not null as is_merged_away,
    records.is_converted,
    coalesce(
        {{ effective("records.is_deleted", local_date("records.updated_at")) }}, false
    ) as is_deleted,
    coalesce(records.updated_at, records.exported_at) as last_seen_at,
    records.file_id,
    records.file_row
from records
left join rules as named on lower(trim(records.lead_source)) = named.value
left join rules as others on others.value = '*'
left join statuses on lower(trim(records.status)) = statuses.value
