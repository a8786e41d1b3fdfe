-- A portal clears or overwrites a stamp when a contact moves back, so the stamps of every version
-- count.
with

    contacts as (
        select contacts.*, {{ key_number("contact_key") }} as record_no
        from {{ ref("stg_hubspot__contacts") }} as contacts
    ),

    stamps as (
        select record_no, owner, 'became_lead_at' as field, became_lead_at as entered_at
        from contacts
        union all
        select record_no, owner, 'became_mql_at', became_mql_at
        from contacts
        union all
        select record_no, owner, 'became_sql_at', became_sql_at
        from contacts
        union all
        select record_no, owner, 'became_opportunity_at', became_opportunity_at
        from contacts
        union all
        select record_no, owner, 'became_customer_at', became_customer_at
        from contacts
    ),

    told as (
        select record_no, field, '*' as value, entered_at, 'timestamp' as evidence, owner
        from stamps
        where entered_at is not null
        union all
        -- The change log has every entry, where the portal keeps it; a record is a lead anyway.
        select
            {{ key_number("contact_key") }},
            'lifecycle_stage',
            lower(trim(value)),
            changed_at,
            'history',
            cast(null as string)
        from {{ ref("stg_hubspot__contact_property_history") }}
        where property = 'lifecyclestage' and lower(trim(value)) not in ('lead', 'subscriber')
    )

-- A stamp in minutes is the logged entry of that minute.
select
    told.record_no,
    stage_map.stage,
    coalesce(
        min(case when told.evidence = 'history' then told.entered_at end), min(told.entered_at)
    ) as entered_at,
    min(told.evidence) as evidence,
    max(told.owner) as owner
from told
inner join
    {{ ref("stage_map") }} as stage_map
    on stage_map.crm = 'hubspot'
    and told.field = stage_map.field
    and told.value = stage_map.value
group by told.record_no, stage_map.stage, date_trunc('minute', told.entered_at)
