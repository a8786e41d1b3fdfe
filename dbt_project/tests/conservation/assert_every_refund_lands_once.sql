{{ config(meta={
    "identity": "conservation",
    "owner": "data team",
    "remedy": "A refund of the lake is missing from int_refunds or twice in it: check the keys of int_order_names "
        ~ "and int_fx_days."
}) }}

with

    landed as (
        select 'template:' || refund_id as refund_id
        from {{ ref("stg_template__refunds") }}
        group by 1
    ),

    refunds as (select refund_id, count(*) as refund_rows from {{ ref("int_refunds") }} group by 1)

select landed.refund_id, refunds.refund_rows
from landed
left join refunds on landed.refund_id = refunds.refund_id
where coalesce(refunds.refund_rows, 0) <> 1
union all
-- What Shopify says is refunded is dated by templates or by its own exports, to the cent.
select orders.order_id, count(refunds.refund_id)
from {{ ref("int_orders") }} as orders
inner join
    {{ ref("int_shopify__orders") }} as shop_orders
    on orders.source = 'shopify'
    and orders.source_order_id = shop_orders.order_name
left join {{ ref("int_refunds") }} as refunds on orders.order_id = refunds.order_id
group by orders.order_id, shop_orders.refunded_amount, orders.fx_rate
having coalesce(sum(refunds.amount), 0) + 0.01 < shop_orders.refunded_amount * orders.fx_rate
