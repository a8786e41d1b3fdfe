with

    source as (select * from {{ source("google_ads", "campaigns") }}),

    renamed as (
        select
            -- keys
            account_id,
            campaign_id,

            -- dimensions
            campaign_name,
            lower(trim(channel_type)) as channel_type,
            status,
            updated_at,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
