with

    source as (select * from {{ source("shopify", "order_adjustments") }}),

    renamed as (
        select
            -- keys
            adjustment_id,
            refund_id,

            -- dimensions
            reason,
            synced_at,

            -- measures
            {{ lake_amount("amount") }} as amount,
            {{ lake_amount("tax") }} as tax,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
