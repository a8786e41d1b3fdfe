{{ config(materialized="view") }}

select
    order_key,
    form,
    order_name,
    order_id,
    email_key,
    email_no,
    customer_key,
    order_date,
    status,
    currency,
    exclusion,
    total,
    taxes,
    refunded_amount,
    file_id,
    file_row
from {{ ref("int_shopify__order_forms") }}
where newest_first = 1
