{{ config(materialized="view") }}

select
    lines.order_name,
    lines.order_id,
    lines.email_key,
    lines.financial_status,
    lines.currency,
    lines.sku,
    lines.payment_method,
    lines.created_at,
    lines.paid_at,
    lines.cancelled_at,
    lines.total,
    lines.taxes,
    lines.refunded_amount,
    lines.quantity,
    lines.unit_price,
    lines.line_discount,
    lines.file_id,
    lines.file_row,
    lines.exported_at
from {{ ref("stg_shopify__order_lines") }} as lines
left join
    {{ ref("int_shopify__repeated_orders") }} as repeated on lines.order_name = repeated.order_name
where repeated.order_name is null or repeated.file_id = lines.file_id
