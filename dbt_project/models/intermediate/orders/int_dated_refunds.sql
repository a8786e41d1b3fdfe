with

    order_names as (select * from {{ ref("int_order_names") }}),
    orders as (select * from {{ ref("int_orders") }}),

    refunds as (
        select
            'template' as source,
            refund_id,
            order_id,
            {{ local_date("refunded_at") }} as refund_date,
            currency,
            amount,
            file_id,
            file_row
        from {{ ref("int_template__refunds") }}
        union all
        select 'stripe', refund_id, order_id, refund_date, currency, amount, file_id, file_row
        from {{ ref("int_stripe__refunds") }}
        union all
        -- Those of orders that landed are steps of the order.
        select 'shopify', refund_id, order_id, refund_date, currency, amount, file_id, file_row
        from {{ ref("int_shopify__refunds") }}
        where
            order_id is null
            or order_id
            not in (select source_order_id from {{ ref("int_orders") }} where source = 'shopify')
    ),
    fx_days as (select * from {{ ref("int_fx_days") }}),

    matched as (
        select
            refunds.*,
            coalesce(orders.order_id, '(unknown order)') as known_order_id,
            coalesce(
                refunds.currency, orders.currency, {{ declared_currency("template") }}
            ) as refund_currency,
            -- The order's own rate; without an order the day of the refund is all that is known.
            coalesce(orders.order_date, refunds.refund_date) as rate_date
        from refunds
        left join order_names on refunds.order_id = order_names.order_name
        left join orders on order_names.order_id = orders.order_id
    )

select
    matched.source || ':' || matched.refund_id as refund_id,
    matched.known_order_id as order_id,
    matched.source,
    matched.refund_date,
    matched.rate_date,
    matched.refund_currency as currency,
    {{ at_rate("matched.amount", fx_rate("matched.refund_currency", "fx_days.rate")) }} as amount,
    matched.file_id,
    matched.file_row
from matched
left join
    fx_days on matched.refund_currency = fx_days.currency and matched.rate_date = fx_days.rate_date
