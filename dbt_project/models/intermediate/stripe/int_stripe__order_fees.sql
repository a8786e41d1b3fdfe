{{ config(compared=true) }}

with

    payments as (select * from {{ ref("int_stripe__payments") }} where fee is not null),

    fx_days as (select * from {{ ref("int_fx_days") }}),
    ids as (
        select charge_id, charge_id as id
        from payments
        union
        select charge_id, payment_intent_id
        from payments
        where payment_intent_id is not null
    ),

    -- Only orders that a payment names are looked up.
    shop_names as (
        select order_key, order_key as name
        from {{ ref("int_shopify__orders") }}
        where order_key in (select order_reference from payments)
        union all
        select order_key, order_name
        from {{ ref("int_shopify__orders") }}
        where order_name in (select order_reference from payments)
    ),

    -- Every way to the same order is one way.
    paths as (
        select 'shopify' as source, transactions.order_id as order_key, ids.charge_id
        from ids
        inner join
            {{ ref("stg_shopify__transactions") }} as transactions
            on ids.id = transactions.payment_reference
        union
        select 'shopify', shop_names.order_key, payments.charge_id
        from payments
        inner join shop_names on payments.order_reference = shop_names.name
        union
        select 'template', template_orders.order_id, payments.charge_id
        from payments
        inner join
            {{ ref("int_template__orders") }} as template_orders
            on payments.order_reference = template_orders.order_id
    )

select
    paths.source,
    paths.order_key,
    cast(
        sum({{ at_rate("payments.fee", fx_rate("payments.currency", "fx_days.rate")) }}) as decimal(
            20, 6
        )
    ) as fee
from paths
inner join payments on paths.charge_id = payments.charge_id
left join
    fx_days on payments.currency = fx_days.currency and payments.payment_date = fx_days.rate_date
group by paths.source, paths.order_key
