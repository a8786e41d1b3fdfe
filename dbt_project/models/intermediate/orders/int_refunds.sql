with

    dated as (select * from {{ ref("int_dated_refunds") }}),
    steps as (select * from {{ ref("int_shopify__refund_steps") }}),
    orders as (select * from {{ ref("int_orders") }}),

    dated_totals as (
        select order_id, cast(sum(amount) as decimal(20, 6)) as dated_amount
        from dated
        group by order_id
    ),

    -- Steps of a sum; what a template has dated already is not refunded twice.
    restated as (
        select
            orders.order_id || ':' || steps.step as refund_id,
            orders.order_id,
            'shopify' as source,
            steps.refund_date,
            orders.order_date as rate_date,
            orders.currency,
            greatest(
                {{ at_rate("steps.refunded_so_far", "orders.fx_rate") }}
                - coalesce(dated_totals.dated_amount, 0),
                0
            ) - greatest(
                {{ at_rate("steps.refunded_before", "orders.fx_rate") }}
                - coalesce(dated_totals.dated_amount, 0),
                0
            ) as amount,
            steps.file_id,
            orders.file_row
        from steps
        inner join orders on orders.source = 'shopify' and steps.order_key = orders.source_order_id
        left join dated_totals on orders.order_id = dated_totals.order_id
    )

select refund_id, order_id, source, refund_date, rate_date, currency, amount, file_id, file_row
from dated
union all
select
    refund_id,
    order_id,
    source,
    refund_date,
    rate_date,
    currency,
    {{ money("amount") }},
    file_id,
    file_row
from restated
where amount <> 0 or amount is null
