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
            {{ lake_amount("quantity") }} as quantity,
            {{ lake_amount("subtotal") }} as subtotal,
            {{ lake_amount("tax") }} as tax,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
