{{ config(materialized="view") }}
with

    hubspot_contacts as (select * from {{ ref("stg_hubspot__contacts") }}),
    salesforce_leads as (select * from {{ ref("stg_salesforce__leads") }}),

    versions as (
        select
            'hubspot' as crm,
            'lead_status' as field,
            contact_key as record_key,
            lead_status as value,
            owner,
            updated_at,
            'snapshot' as evidence,
            exported_at,
            file_id,
            file_row
        from hubspot_contacts
        union all
        -- The lifecycle stage speaks only where the export carries no stamp of any stage after
        -- lead.
        select
            'hubspot',
            'lifecycle_stage',
            contact_key,
            lifecycle_stage,
            owner,
            updated_at,
            'snapshot',
            exported_at,
            file_id,
            file_row
        from hubspot_contacts
        where
            coalesce(became_mql_at, became_sql_at, became_opportunity_at, became_customer_at)
            is null
        union all
        -- A converted lead keeps its last status; its conversion is the better evidence.
        select
            'salesforce',
            'lead_status',
            lead_key,
            status,
            owner_id,
            updated_at,
            'snapshot',
            exported_at,
            file_id,
            file_row
        from salesforce_leads
        where not coalesce(is_converted, false) or converted_date is null
        union all
        select
            'hubspot',
            'lead_status',
            contact_key,
            value,
            cast(null as string),
            changed_at,
            'history',
            exported_at,
            file_id,
            file_row
        from {{ ref("stg_hubspot__contact_property_history") }}
        where property = 'hs_lead_status'
        union all
        select
            'salesforce',
            'lead_status',
            lead_key,
            new_value,
            cast(null as string),
            changed_at,
            'history',
            exported_at,
            file_id,
            file_row
        from {{ ref("stg_salesforce__lead_history") }}
        where lower(field) in ('status', 'lead status') and not coalesce(is_deleted, false)
    )

select
    crm,
    field,
    {{ key_number("record_key") }} as record_no,
    lower(trim(value)) as value,
    owner,
    coalesce(updated_at, exported_at) as seen_at,
    evidence,
    exported_at,
    file_id,
    file_row
from versions
where trim(value) <> ''
