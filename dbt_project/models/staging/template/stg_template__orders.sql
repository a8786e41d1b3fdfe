with

    source as (select * from {{ source("template", "orders") }}),

    renamed as (
        select
            -- keys
            order_id,
            customer_key,

            -- dimensions
            ordered_at,
            upper(trim(currency)) as currency,
            channel,
            lower(trim(status)) as status,

            -- measures
            cast(gross as decimal(20, 6)) as gross,
            cast(discount as decimal(20, 6)) as discount,
            cast(tax as decimal(20, 6)) as tax,
            cast(cogs as decimal(20, 6)) as cogs,
            cast(fulfilment as decimal(20, 6)) as fulfilment,
            cast(payment_fee as decimal(20, 6)) as payment_fee,
            cast(other_variable_cost as decimal(20, 6)) as other_variable_cost,
            cast(quantity as decimal(20, 6)) as quantity,
            cast(hours as decimal(20, 6)) as hours,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
