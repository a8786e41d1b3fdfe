with

    orders as (select * from {{ ref("int_shopify__orders") }}),
    lines as (select * from {{ ref("int_shopify__order_lines") }}),
    items as (select * from {{ ref("int_shopify__order_items") }})

select
    orders.order_key,
    orders.order_date,
    cast(null as string) as variant_id,
    lines.sku,
    coalesce(lines.quantity, 1) as quantity,
    false as is_gift_card
from orders
inner join lines on orders.form = 'export' and orders.order_name = lines.order_name
union all
select
    orders.order_key,
    orders.order_date,
    items.variant_id,
    items.sku,
    coalesce(items.quantity, 1),
    coalesce(items.is_gift_card, false)
from orders
inner join items on orders.form = 'connector' and orders.order_id = items.order_id
