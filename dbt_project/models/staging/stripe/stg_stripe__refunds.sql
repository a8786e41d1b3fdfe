with

    source as (select * from {{ source("stripe", "refunds") }}),

    renamed as (
        select
            -- keys
            refund_id,
            charge_id,
            transaction_id,

            -- dimensions
            upper(trim(currency)) as currency,
            status,
            created_at,
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
