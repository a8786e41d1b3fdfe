with

    source as (select * from {{ source("salesforce", "tasks") }}),

    renamed as (
        select
            -- keys
            task_id,
            who_key,
            account_key,
            opportunity_id,
            campaign_id,
            owner_id,

            -- dimensions
            is_deleted,
            task_type,
            task_subtype,
            call_type,
            status,
            is_closed,
            activity_date,
            completed_at,
            created_at,
            updated_at,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
