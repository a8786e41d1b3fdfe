with

    orders as (select * from {{ ref("int_shopify__orders") }}),
    cards as (
        select * from {{ ref("int_rate_card_periods") }} where source = 'shopify' and sku = '*'
    ),
    fx_days as (select * from {{ ref("int_fx_days") }})

select
    orders.order_key,
    cards.fulfilment_per_order,
    cards.payment_fee_rate,
    cards.payment_fee_fixed,
    {{ fx_rate("cards.currency", "fx_days.rate") }} as fx_rate
from orders
inner join
    cards
    on orders.order_date >= cards.valid_from
    and (orders.order_date < cards.valid_before or cards.valid_before is null)
left join fx_days on cards.currency = fx_days.currency and orders.order_date = fx_days.rate_date
