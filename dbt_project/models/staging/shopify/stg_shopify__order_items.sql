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
            cast(quantity as decimal(20, 6)) as quantity,
            cast(unit_price as decimal(20, 6)) as unit_price,
            cast(line_total as decimal(20, 6)) as line_total,
            cast(discount as decimal(20, 6)) as discount,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
