with

    refunds as (
        select template_refunds.*, {{ local_date("refunded_at") }} as refund_date
        from {{ ref("int_template__refunds") }} as template_refunds
    ),

    order_names as (select * from {{ ref("int_order_names") }}),
    orders as (select * from {{ ref("int_orders") }}),
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
    'template:' || matched.refund_id as refund_id,
    matched.known_order_id as order_id,
    'template' as source,
    matched.refund_date,
    matched.rate_date,
    matched.refund_currency as currency,
    {{ money("matched.amount * " ~ fx_rate("matched.refund_currency", "fx_days.rate")) }} as amount,
    matched.file_id,
    matched.file_row
from matched
left join
    fx_days on matched.refund_currency = fx_days.currency and matched.rate_date = fx_days.rate_date
