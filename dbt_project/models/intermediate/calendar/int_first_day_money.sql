with

    days as (
        select min(spend_date) as first_day
        from {{ ref("int_ad_current_exports") }}
        union all
        select min(month)
        from {{ ref("int_cost_rows") }}
        union all
        select min({{ local_date("ordered_at") }})
        from {{ ref("int_template__orders") }}
        union all
        select min({{ local_date("refunded_at") }})
        from {{ ref("int_template__refunds") }}
        union all
        select min(order_date)
        from {{ ref("int_shopify__exported_orders") }}
        union all
        select min(order_date)
        from {{ ref("int_shopify__connected_orders") }}
        union all
        select min(refund_date)
        from {{ ref("int_shopify__refunds") }}
        union all
        select min(payment_date)
        from {{ ref("int_stripe__payments") }}
        union all
        select min(month)
        from {{ ref("int_template__subscriptions") }}
    )

-- A year typed wrong must not make a calendar of two thousand years; identity G2 names the row.
select
    case
        when min(first_day) < date '1990-01-01' then date '1990-01-01' else min(first_day)
    end as first_day
from days
