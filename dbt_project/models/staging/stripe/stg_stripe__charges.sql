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
            {{ lake_amount("amount") }} as amount,
            {{ lake_amount("amount_refunded") }} as amount_refunded,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
