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
            cast(amount as decimal(20, 6)) as amount,
            cast(tax as decimal(20, 6)) as tax,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
