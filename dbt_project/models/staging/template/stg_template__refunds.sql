with

    source as (select * from {{ source("template", "refunds") }}),

    renamed as (
        select
            -- keys
            refund_id,
            order_id,

            -- dimensions
            refunded_at,
            upper(trim(currency)) as currency,

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
