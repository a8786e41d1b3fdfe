with

    source as (select * from {{ source("stripe", "balance_transactions") }}),

    renamed as (
        select
            -- keys
            transaction_id,
            source_id,
            charge_id,
            payment_intent_id,
            invoice_id,
            customer_key,
            email_key,

            -- dimensions
            category,
            order_reference,
            upper(trim(currency)) as currency,
            created_at,
            synced_at,

            -- measures
            {{ lake_amount("gross") }} as gross,
            {{ lake_amount("fee") }} as fee,
            {{ lake_amount("net") }} as net,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
