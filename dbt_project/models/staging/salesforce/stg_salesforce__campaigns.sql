with

    source as (select * from {{ source("salesforce", "campaigns") }}),

    renamed as (
        select
            -- keys
            campaign_id,

            -- dimensions
            is_deleted,
            campaign_name,
            campaign_type,
            status,
            start_date,
            end_date,
            created_at,
            updated_at,

            -- measures
            {{ lake_amount("actual_cost") }} as actual_cost,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
