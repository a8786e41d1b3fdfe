{{ config(materialized="view") }}
with

    stage_map as (select * from {{ ref("stage_map") }}),
    funnel as (select * from {{ ref("int_stages") }} where not is_closer or stage = 'won'),
    deals as (select * from {{ ref("int_deal_records") }} where source = 'salesforce'),

    -- What was merged, is spam, a test or lies ahead is no record to agree about.
    records as (
        select *
        from {{ ref("int_person_records") }}
        where exclusion_reason is null and not is_merged_away
    ),

    hubspot as (
        select
            contacts.record_no,
            contacts.updated_at,
            contacts.owner,
            -- A lead status such as unqualified ends what the lifecycle stage began.
            case
                when statuses.stage is not null and funnel.stage is null
                then statuses.stage
                else lifecycles.stage
            end as stage,
            true as has_stage
        from {{ ref("int_hubspot__contacts") }} as contacts
        left join
            stage_map as lifecycles
            on lifecycles.crm = 'hubspot'
            and lifecycles.field = 'lifecycle_stage'
            and lower(trim(contacts.lifecycle_stage)) = lifecycles.value
        left join
            stage_map as statuses
            on statuses.crm = 'hubspot'
            and statuses.field = 'lead_status'
            and lower(trim(contacts.lead_status)) = statuses.value
        left join funnel on statuses.stage = funnel.stage
        where not coalesce(contacts.is_deleted, false)
    ),

    leads as (
        select
            leads.lead_key,
            leads.record_no,
            {{ key_number("leads.converted_contact_key") }} as contact_no,
            leads.updated_at,
            leads.owner_id as owner,
            case
                when deals.status = 'won'
                then 'won'
                when leads.converted_opportunity_id is not null
                then 'opportunity'
                when leads.is_converted
                then 'sql'
                else statuses.stage
            end as stage
        from {{ ref("int_salesforce__leads") }} as leads
        left join deals on leads.converted_opportunity_id = deals.source_opportunity_id
        left join
            stage_map as statuses
            on statuses.crm = 'salesforce'
            and statuses.field = 'lead_status'
            and lower(trim(leads.status)) = statuses.value
        where not coalesce(leads.is_deleted, false)
    ),
    contacts as (
        select * from {{ ref("int_salesforce__contacts") }} where not coalesce(is_deleted, false)
    ),
    converted as (
        select
            leads.*,
            row_number() over (
                partition by contact_no order by updated_at desc nulls last, lead_key
            ) as newest_first
        from leads
        where contact_no is not null
    ),

    -- A lead that became a contact is that contact, which goes on with the stage of the lead.
    salesforce as (
        select leads.record_no, leads.updated_at, leads.owner, leads.stage, true as has_stage
        from leads
        left join contacts on leads.contact_no = contacts.record_no
        where contacts.record_no is null
        union all
        select
            contacts.record_no,
            contacts.updated_at,
            contacts.owner_id,
            converted.stage,
            converted.record_no is not null
        from contacts
        left join
            converted on contacts.record_no = converted.contact_no and converted.newest_first = 1
    ),

    people as (
        select 'hubspot' as source, hubspot.*
        from hubspot
        union all
        select 'salesforce', salesforce.*
        from salesforce
    )

select
    people.source,
    records.record_key,
    people.record_no,
    records.component_id as person_id,
    records.created_at,
    people.updated_at,
    -- Lifecycle stages have none for accepted by sales: there it is still an MQL.
    case when people.stage = 'sal' then 'mql' else people.stage end as stage,
    people.has_stage,
    coalesce(owners.owner, people.owner) as owner,
    nullif(records.channel, '(unknown)') as channel
from people
inner join records on people.record_no = records.record_no
left join {{ ref("int_owners") }} as owners on people.owner = owners.alias
