with

    source as (select * from {{ source("stripe", "charges") }}),

    renamed as (
        select
            -- keys
            charge_id,
            transaction_id,
            payment_intent_id,
            invoice_id,
            customer_key,
            email_key,

            -- dimensions
            upper(trim(currency)) as currency,
            status,
            is_captured,
            is_live,
            created_at,
            synced_at,

            -- measures
            cast(amount as decimal(20, 6)) as amount,
            cast(amount_refunded as decimal(20, 6)) as amount_refunded,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
