{{ config(compared=true) }}

with

    orders as (
        select *
        from {{ newest(ref("stg_shopify__orders"), ["order_id"], "updated_at") }} as current_rows
    ),

    customers as (
        select *
        from
            {{ newest(ref("stg_shopify__customers"), ["customer_key"], "updated_at") }}
            as current_rows
    ),

    items as (
        select order_id, min(case when is_gift_card then 1 else 0 end) = 1 as is_gift_cards_only
        from {{ ref("int_shopify__order_items") }}
        group by order_id
    )

select
    orders.order_name,
    orders.order_id,
    coalesce(orders.email_key, customers.email_key) as email_key,
    orders.customer_key,
    {{ local_date("orders.created_at") }} as order_date,
    orders.financial_status as status,
    orders.currency,
    case
        when orders.is_test
        then 'test'
        when orders.is_deleted
        then 'deleted'
        -- A promise; what is bought with it will be an order of its own.
        when items.is_gift_cards_only
        then 'gift card'
    end as exclusion,
    {{ money("orders.total - coalesce(orders.tips, 0)") }} as total,
    coalesce(orders.taxes, 0) as taxes,
    cast(0 as decimal(20, 6)) as refunded_amount,
    orders.file_id,
    orders.file_row,
    orders.exported_at
from orders
left join customers on orders.customer_key = customers.customer_key
left join items on orders.order_id = items.order_id
