with

    records as (
        select
            'people' as object,
            source,
            source || ':' || record_key as record_id,
            record_no,
            person_id,
            created_at,
            updated_at,
            stage,
            has_stage,
            cast(null as decimal(20, 6)) as amount,
            cast(null as string) as currency,
            cast(null as decimal(17, 10)) as fx_rate,
            cast(null as decimal(20, 6)) as value,
            cast(null as date) as close_date,
            owner,
            channel
        from {{ ref("int_crm_people") }}
        union all
        select
            'deals',
            source,
            opportunity_id,
            {{ key_number("opportunity_id") }},
            cast(null as bigint),
            created_at,
            updated_at,
            stage,
            true,
            amount,
            currency,
            fx_rate,
            value,
            close_date,
            owner,
            channel
        from {{ ref("int_crm_deals") }}
    )

select
    records.object,
    systems.system_kind,
    records.source,
    records.record_id,
    records.record_no,
    records.person_id,
    records.created_at,
    records.updated_at,
    -- The other system has not had the time to hear of it.
    coalesce(
        {{ seconds_between("records.updated_at", as_of_end()) }}
        < {{ var("agreement")["grace_hours"] }} * 3600,
        false
    ) as is_recent,
    records.stage,
    records.has_stage,
    records.amount,
    records.currency,
    records.fx_rate,
    records.value,
    records.close_date,
    records.owner,
    records.channel
from records
inner join {{ ref("crm_systems") }} as systems on records.source = systems.source
where systems.system_kind in ('marketing_crm', 'sales_crm')
