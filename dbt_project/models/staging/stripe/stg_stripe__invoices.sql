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
            cast(total as decimal(20, 6)) as total,
            cast(tax as decimal(20, 6)) as tax,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
