with

    -- What a log calls an amount is text; what is no number says nothing.
    salesforce_fields as (
        select
            history_id,
            opportunity_id,
            try_cast(old_value as decimal(20, 6)) as old_amount,
            try_cast(new_value as decimal(20, 6)) as new_amount,
            changed_at,
            row_number() over (
                partition by opportunity_id order by changed_at, history_id
            ) as change_no
        from {{ ref("stg_salesforce__opportunity_field_history") }}
        where lower(field) = 'amount' and not coalesce(is_deleted, false)
    ),

    reports as (
        select
            'salesforce' as source,
            opportunity_id as source_opportunity_id,
            amount,
            changed_at as seen_at,
            1 as preference
        from {{ ref("stg_salesforce__opportunity_history") }}
        where not coalesce(is_deleted, false)
        union all
        -- The first change tells what the amount was until then.
        select 'salesforce', opportunity_id, old_amount, timestamp '1900-01-01 00:00:00', 1
        from salesforce_fields
        where change_no = 1
        union all
        select 'salesforce', opportunity_id, new_amount, changed_at, 1
        from salesforce_fields
        union all
        select 'hubspot', deal_id, try_cast(value as decimal(20, 6)), changed_at, 1
        from {{ ref("stg_hubspot__deal_property_history") }}
        where property = 'amount'
        union all
        select 'salesforce', opportunity_id, amount, coalesce(updated_at, exported_at), 2
        from {{ ref("stg_salesforce__opportunities") }}
        union all
        select 'hubspot', deal_id, amount, coalesce(updated_at, exported_at), 2
        from {{ ref("stg_hubspot__deals") }}
        union all
        select 'pipedrive', deal_id, amount, coalesce(updated_at, exported_at), 2
        from {{ ref("stg_pipedrive__deals") }}
        union all
        select 'template', opportunity_id, amount, coalesce(updated_at, exported_at), 2
        from {{ ref("stg_template__opportunities") }}
    )

select distinct source, source_opportunity_id, amount, seen_at, preference
from reports
where amount is not null
