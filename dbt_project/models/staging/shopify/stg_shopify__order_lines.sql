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
            {{ lake_amount("total") }} as total,
            {{ lake_amount("taxes") }} as taxes,
            {{ lake_amount("refunded_amount") }} as refunded_amount,
            {{ lake_amount("line_quantity") }} as quantity,
            {{ lake_amount("line_price") }} as unit_price,
            {{ lake_amount("line_discount") }} as line_discount,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
