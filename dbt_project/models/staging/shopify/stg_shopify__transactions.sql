with

    source as (select * from {{ source("shopify", "transactions") }}),

    renamed as (
        select
            -- keys
            transaction_id,
            order_id,
            refund_id,

            -- dimensions
            kind,
            status,
            lower(trim(gateway)) as gateway,
            upper(trim(currency)) as currency,
            payment_reference,
            is_test,
            processed_at,
            synced_at,

            -- measures
            {{ lake_amount("amount") }} as amount,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
