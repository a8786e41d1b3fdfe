with

    source as (select * from {{ source("shopify", "refund_items") }}),

    renamed as (
        select
            -- keys
            refund_item_id,
            refund_id,
            order_item_id,

            -- dimensions
            synced_at,

            -- measures
            cast(quantity as decimal(20, 6)) as quantity,
            cast(subtotal as decimal(20, 6)) as subtotal,
            cast(tax as decimal(20, 6)) as tax,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
