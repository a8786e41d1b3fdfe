{{ config(materialized="view") }}

with

    orders as (
        select *
        from {{ ref("int_shopify__order_facts") }}
        union all
        select *
        from {{ ref("int_stripe__order_facts") }}
        union all
        select *
        from {{ ref("int_template__order_facts") }}
    )

select
    order_id,
    source,
    source_order_id,
    other_order_id,
    customer_id,
    order_date,
    channel,
    status,
    counts_as_revenue,
    currency,
    fx_rate,
    gross,
    discount,
    tax,
    paid,
    case
        when counts_as_revenue then {{ money("paid - tax") }} else cast(0 as decimal(20, 6))
    end as net_before_refunds,
    cogs,
    variable_cost,
    hours,
    file_id,
    file_row
from orders
