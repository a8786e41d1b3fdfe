with

    logged as (
        select {{ key_number("lead_key") }} as record_no, min(changed_at) as converted_at
        from {{ ref("stg_salesforce__lead_history") }}
        where
            lower(field) in ('leadconverted', 'lead converted') and not coalesce(is_deleted, false)
        group by 1
    ),

    -- A conversion has a day, the time stands in the log; it cannot come before the lead.
    converted as (
        select
            leads.record_no,
            greatest(
                coalesce(logged.converted_at, {{ local_midnight("leads.converted_date") }}),
                leads.created_at
            ) as converted_at,
            leads.converted_opportunity_id,
            leads.owner_id as owner
        from {{ ref("int_salesforce__leads") }} as leads
        left join logged on leads.record_no = logged.record_no
        where leads.converted_date is not null
    )

select record_no, 'sql' as stage, converted_at as entered_at, owner
from converted
union all
select record_no, 'opportunity', converted_at, owner
from converted
where converted_opportunity_id is not null
