with

    -- A conversion has a day, not a time; it cannot come before the lead.
    converted as (
        select
            lead_key as record_key,
            greatest({{ local_midnight("converted_date") }}, created_at) as converted_at,
            converted_opportunity_id,
            owner_id as owner
        from {{ ref("int_salesforce__leads") }}
        where converted_date is not null
    )

select record_key, 'sql' as stage, converted_at as entered_at, owner
from converted
union all
select record_key, 'opportunity', converted_at, owner
from converted
where converted_opportunity_id is not null
