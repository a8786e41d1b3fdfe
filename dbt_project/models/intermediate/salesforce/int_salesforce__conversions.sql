with

    logged as (
        select lead_key, min(changed_at) as converted_at
        from {{ ref("stg_salesforce__lead_history") }}
        where
            lower(field) in ('leadconverted', 'lead converted') and not coalesce(is_deleted, false)
        group by lead_key
    ),

    -- A conversion has a day, the time stands in the log; it cannot come before the lead.
    converted as (
        select
            leads.lead_key as record_key,
            greatest(
                coalesce(logged.converted_at, {{ local_midnight("leads.converted_date") }}),
                leads.created_at
            ) as converted_at,
            leads.converted_opportunity_id,
            leads.owner_id as owner
        from {{ ref("int_salesforce__leads") }} as leads
        left join logged on leads.lead_key = logged.lead_key
        where leads.converted_date is not null
    )

select record_key, 'sql' as stage, converted_at as entered_at, owner
from converted
union all
select record_key, 'opportunity', converted_at, owner
from converted
where converted_opportunity_id is not null
