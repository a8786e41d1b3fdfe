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
            cast(unit_cost as decimal(20, 6)) as unit_cost,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
