with

    source as (select * from {{ source("shopify", "refunds") }}),

    renamed as (
        select
            -- keys
            refund_id,
            order_id,

            -- dimensions
            refunded_at,
            upper(trim(currency)) as currency,
            synced_at,

            -- measures
            {{ lake_amount("total") }} as total,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
