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
            {{ lake_amount("gross") }} as gross,
            {{ lake_amount("discount") }} as discount,
            {{ lake_amount("tax") }} as tax,
            {{ lake_amount("cogs") }} as cogs,
            {{ lake_amount("fulfilment") }} as fulfilment,
            {{ lake_amount("payment_fee") }} as payment_fee,
            {{ lake_amount("other_variable_cost") }} as other_variable_cost,
            {{ lake_amount("quantity") }} as quantity,
            {{ lake_amount("hours") }} as hours,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
