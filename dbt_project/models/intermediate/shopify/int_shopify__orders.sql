with

    lines as (select * from {{ ref("int_shopify__order_lines") }}),

    -- Order-level cells stand on the first line only, or on every line alike.
    orders as (
        select
            order_name,
            max(order_id) as order_id,
            max(email_key) as email_key,
            {{ local_date("min(created_at)") }} as order_date,
            max(financial_status) as status,
            coalesce(max(currency), {{ declared_currency("shopify") }}) as currency,
            max(cancelled_at) as cancelled_at,
            max(paid_at) as paid_at,
            max(total) as total,
            coalesce(max(taxes), 0) as taxes,
            coalesce(max(refunded_amount), 0) as refunded_amount,
            max(file_id) as file_id,
            min(file_row) as file_row
        from lines
        group by order_name
    )

select *
from orders
