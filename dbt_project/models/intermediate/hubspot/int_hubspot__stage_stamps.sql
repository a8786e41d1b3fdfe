-- A portal clears or overwrites a stamp when a contact moves back, so the stamps of every version
-- count.
with

    contacts as (select * from {{ ref("stg_hubspot__contacts") }}),

    stamps as (
        select contact_key, owner, 'became_lead_at' as field, became_lead_at as entered_at
        from contacts
        union all
        select contact_key, owner, 'became_mql_at', became_mql_at
        from contacts
        union all
        select contact_key, owner, 'became_sql_at', became_sql_at
        from contacts
        union all
        select contact_key, owner, 'became_opportunity_at', became_opportunity_at
        from contacts
        union all
        select contact_key, owner, 'became_customer_at', became_customer_at
        from contacts
    )

select
    stamps.contact_key as record_key, stage_map.stage, stamps.entered_at, max(stamps.owner) as owner
from stamps
inner join
    {{ ref("stage_map") }} as stage_map
    on stage_map.crm = 'hubspot'
    and stage_map.field = stamps.field
where stamps.entered_at is not null
group by stamps.contact_key, stage_map.stage, stamps.entered_at
