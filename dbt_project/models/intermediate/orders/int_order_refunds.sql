{{ config(compared=true) }}

with

    refunds as (select * from {{ ref("int_refunds") }} where refund_date <= {{ as_of_date() }}),
    orders as (select * from {{ ref("int_orders") }}),
    fx_days as (select * from {{ ref("int_fx_days") }}),

    known as (
        select
            refunds.*,
            orders.order_date,
            coalesce(orders.counts_as_revenue, false) as is_counted,
            orders.order_id is null as is_order_unknown,
            orders.paid,
            orders.net_before_refunds,
            cast(
                sum(refunds.amount) over (
                    partition by refunds.order_id
                    order by refunds.refund_date, refunds.refund_id
                    rows between unbounded preceding and current row
                ) as decimal(20, 6)
            ) as refunded_so_far,
            -- What the same money is worth on the day it went back.
            {{
                money(
                    ratio(
                        "cast(refunds.amount as double) * cast("
                        ~ fx_rate("refunds.currency", "refund_days.rate") ~ " as double)",
                        fx_rate("refunds.currency", "rate_days.rate"),
                    )
                )
            }} as amount_on_refund_date
        from refunds
        left join orders on refunds.order_id = orders.order_id
        left join
            fx_days as rate_days
            on refunds.currency = rate_days.currency
            and refunds.rate_date = rate_days.rate_date
        left join
            fx_days as refund_days
            on refunds.currency = refund_days.currency
            and refunds.refund_date = refund_days.rate_date
        where orders.order_date is null or orders.order_date <= {{ as_of_date() }}
    ),

    -- Net of running sums, so that the parts of a full refund add up to the whole; products
    -- before the division.
    shares as (
        select
            known.*,
            {{ money(ratio("cast(net_before_refunds as double) * cast(refunded_so_far as double)", "paid")) }}
            as net_after,
            {{
                money(
                    ratio("cast(net_before_refunds as double) * cast(refunded_so_far - amount as double)", "paid")
                )
            }}
            as net_before
        from known
    )

select
    refund_id,
    order_id,
    source,
    refund_date,
    -- On order basis a refund counts on the day of its order.
    coalesce(order_date, refund_date) as order_basis_date,
    amount,
    case
        when is_order_unknown or (is_counted and paid = 0)
        then amount
        when not is_counted
        then cast(0 as decimal(20, 6))
        else net_after - net_before
    end as net_refund,
    case
        when is_counted or is_order_unknown
        then {{ money("amount_on_refund_date - amount") }}
        else 0
    end as fx_difference,
    is_order_unknown,
    is_counted or is_order_unknown as is_counted,
    currency,
    rate_date,
    file_id,
    file_row
from shares
