with

    source as (select * from {{ source("stripe", "invoices") }}),

    renamed as (
        select
            -- keys
            invoice_id,
            customer_key,

            -- dimensions
            upper(trim(currency)) as currency,
            status,
            synced_at,

            -- measures
            {{ lake_amount("total") }} as total,
            {{ lake_amount("tax") }} as tax,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
