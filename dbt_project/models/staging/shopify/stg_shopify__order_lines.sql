with

    source as (select * from {{ source("shopify", "order_lines") }}),

    renamed as (
        select
            -- keys
            order_name,
            order_id,
            email_key,

            -- dimensions
            lower(trim(financial_status)) as financial_status,
            upper(trim(currency)) as currency,
            line_sku as sku,
            lower(trim(order_source)) as order_source,
            lower(trim(payment_method)) as payment_method,
            created_at,
            paid_at,
            cancelled_at,

            -- measures
            cast(total as decimal(20, 6)) as total,
            cast(taxes as decimal(20, 6)) as taxes,
            cast(refunded_amount as decimal(20, 6)) as refunded_amount,
            cast(line_quantity as decimal(20, 6)) as quantity,
            cast(line_price as decimal(20, 6)) as unit_price,
            cast(line_discount as decimal(20, 6)) as line_discount,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
