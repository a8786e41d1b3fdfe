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
        union all
        select 'shopify:' || refunds.refund_id
        from {{ ref("int_shopify__refunds") }} as refunds
        left join {{ ref("int_shopify__orders") }} as orders on refunds.order_id = orders.order_key
        where orders.order_key is null
    ),

    refunds as (select refund_id, count(*) as refund_rows from {{ ref("int_refunds") }} group by 1),

    connected as (
        select order_id, sum(amount) as refunded from {{ ref("int_shopify__refunds") }} group by 1
    ),

    shop_refunds as (
        select
            forms.order_key,
            greatest(
                max(forms.refunded_amount),
                least(coalesce(max(connected.refunded), 0), max(forms.total))
            ) as refunded
        from {{ ref("int_shopify__order_forms") }} as forms
        left join connected on forms.order_key = connected.order_id
        group by forms.order_key
    )

select landed.refund_id, refunds.refund_rows
from landed
left join refunds on landed.refund_id = refunds.refund_id
where coalesce(refunds.refund_rows, 0) <> 1
union all
-- What Shopify says is refunded is dated by templates, its refunds or its exports, to the cent.
select orders.order_id, count(refunds.refund_id)
from {{ ref("int_orders") }} as orders
inner join
    shop_refunds on orders.source = 'shopify' and orders.source_order_id = shop_refunds.order_key
left join {{ ref("int_refunds") }} as refunds on orders.order_id = refunds.order_id
group by orders.order_id, shop_refunds.refunded, orders.fx_rate
having coalesce(sum(refunds.amount), 0) + 0.01 < shop_refunds.refunded * orders.fx_rate
