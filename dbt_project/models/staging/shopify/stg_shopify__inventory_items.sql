with

    source as (select * from {{ source("shopify", "inventory_items") }}),

    renamed as (
        select
            -- keys
            inventory_item_id,

            -- dimensions
            sku,
            upper(trim(currency)) as currency,
            is_deleted,
            updated_at,

            -- measures
            {{ lake_amount("unit_cost") }} as unit_cost,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
