with

    source as (select * from {{ source("hubspot", "engagement_deals") }}),

    renamed as (
        select
            -- keys
            engagement_id,
            deal_id,

            -- dimensions
            engagement_type,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
