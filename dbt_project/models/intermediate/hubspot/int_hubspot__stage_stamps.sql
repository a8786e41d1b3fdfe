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
    ),

    told as (
        select contact_key, field, '*' as value, entered_at, 'timestamp' as evidence, owner
        from stamps
        where entered_at is not null
        union all
        -- The change log has every entry, where the portal keeps it; a record is a lead anyway.
        select
            contact_key,
            'lifecycle_stage',
            lower(trim(value)),
            changed_at,
            'history',
            cast(null as string)
        from {{ ref("stg_hubspot__contact_property_history") }}
        where property = 'lifecyclestage' and lower(trim(value)) not in ('lead', 'subscriber')
    ),

    -- A stamp in minutes is the logged entry of that minute.
    ranked as (
        select
            told.contact_key as record_key,
            stage_map.stage,
            told.entered_at,
            told.evidence,
            max(told.owner) over (
                partition by
                    told.contact_key, stage_map.stage, date_trunc('minute', told.entered_at)
            ) as owner,
            row_number() over (
                partition by
                    told.contact_key, stage_map.stage, date_trunc('minute', told.entered_at)
                order by told.evidence, told.entered_at
            ) as choice
        from told
        inner join
            {{ ref("stage_map") }} as stage_map
            on stage_map.crm = 'hubspot'
            and told.field = stage_map.field
            and told.value = stage_map.value
    )

select record_key, stage, entered_at, evidence, owner
from ranked
where choice = 1
