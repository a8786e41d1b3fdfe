with

    source as (select * from {{ source("shopify", "order_items") }}),

    renamed as (
        select
            -- keys
            order_item_id,
            order_id,
            variant_id,

            -- dimensions
            sku,
            is_gift_card,
            synced_at,

            -- measures
            {{ lake_amount("quantity") }} as quantity,
            {{ lake_amount("unit_price") }} as unit_price,
            {{ lake_amount("line_total") }} as line_total,
            {{ lake_amount("discount") }} as discount,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
