with

    orders as (select * from {{ ref("int_shopify__orders") }}),
    lines as (select * from {{ ref("int_shopify__order_lines") }}),
    items as (select * from {{ ref("int_shopify__order_items") }})

select
    orders.order_key,
    orders.order_date,
    lines.file_row as line_position,
    cast(null as string) as order_item_id,
    cast(null as string) as variant_id,
    lines.sku,
    coalesce(lines.quantity, 1) as quantity,
    {{ money("cast(coalesce(lines.quantity, 1) as decimal(17, 6)) * lines.unit_price") }}
    - coalesce(lines.line_discount, 0) as line_value,
    false as is_gift_card
from orders
inner join lines on orders.form = 'export' and orders.order_name = lines.order_name
union all
select
    orders.order_key,
    orders.order_date,
    cast(0 as bigint),
    items.order_item_id,
    items.variant_id,
    items.sku,
    coalesce(items.quantity, 1),
    coalesce(
        items.line_total,
        {{ money("cast(coalesce(items.quantity, 1) as decimal(17, 6)) * items.unit_price") }}
    )
    - coalesce(items.discount, 0),
    coalesce(items.is_gift_card, false)
from orders
inner join items on orders.form = 'connector' and orders.order_id = items.order_id
