with

    source as (select * from {{ source("shopify", "variants") }}),

    renamed as (
        select
            -- keys
            variant_id,
            inventory_item_id,

            -- dimensions
            sku,
            updated_at,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
