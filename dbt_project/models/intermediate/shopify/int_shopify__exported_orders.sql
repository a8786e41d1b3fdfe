{{ config(materialized=keyed(), key=["order_name"]) }}
{% set lines = ref("stg_shopify__order_lines") %}
{% set keys = touched({
    "shopify.order_lines": "select order_name from " ~ lines ~ " where file_id in {new_files}",
    "int_shopify__repeated_orders": "select order_name from {changes}",
}) %}
{#- Where the newest that is known of these orders stands. -#}
{% set files -%}
    select file_id from {{ this }} where order_name in (select order_name from {{ keys }})
    union all select file_id from build.new_parts
{%- endset %}
with

    lines as (
        select *
        from
            {{ only(only_files(ref("int_shopify__order_lines"), keys, files), keys, ["order_name"]) }}
            as lines
    ),

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
            max(payment_method) as payment_method,
            max(total) as total,
            coalesce(max(taxes), 0) as taxes,
            coalesce(max(refunded_amount), 0) as refunded_amount,
            max(file_id) as file_id,
            min(file_row) as file_row,
            max(exported_at) as exported_at
        from lines
        group by order_name
    )

select
    order_name,
    order_id,
    email_key,
    cast(null as string) as customer_key,
    order_date,
    status,
    currency,
    case
        -- Shopify's provider for trying things out.
        when payment_method like '%bogus%'
        then 'test'
        when cancelled_at is not null and paid_at is null
        then 'cancelled'
    end as exclusion,
    total,
    taxes,
    refunded_amount,
    file_id,
    file_row,
    exported_at
from orders
