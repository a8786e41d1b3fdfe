with

    source as (select * from {{ source("shopify", "visits") }}),

    renamed as (
        select
            -- keys
            visit_id,
            order_id,

            -- dimensions
            occurred_at,
            landing_page,
            referrer,
            visit_source,
            source_type,
            utm_source,
            utm_medium,
            utm_campaign,
            utm_content,
            utm_term,
            synced_at,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
