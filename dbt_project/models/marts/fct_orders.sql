{{ config(materialized=keyed(), key=["order_id"]) }}
{% set ways = ways_to_orders("order_id") %}
{% do ways.update({
    "int_order_refunds": "select order_id from {changes}",
    "int_customer_attributes": "select order_id from " ~ ref("int_order_revenue")
        ~ " where customer_id in (select customer_id from {changes})",
}) %}
{% set keys = touched(ways) %}

with

    orders as (select * from {{ only(ref("int_order_revenue"), keys, ["order_id"]) }} as orders),

    customers as (select * from {{ ref("int_customer_attributes") }})

select
    -- keys
    orders.order_id,
    orders.source,
    orders.customer_id,

    -- dimensions
    orders.order_date,
    coalesce(customers.channel, '(unattributed)') as channel,
    coalesce(customers.segment, '(unknown)') as segment,
    coalesce(customers.campaign, '(unattributed)') as campaign,
    orders.status,
    orders.currency,
    orders.fx_rate,
    orders.counts_as_revenue,
    coalesce(customers.first_order_id = orders.order_id, false) as is_first_order,
    orders.is_cogs_missing,
    orders.is_cost_missing,

    -- measures
    cast(orders.gross as decimal(20, 6)) as gross,
    cast(orders.discount as decimal(20, 6)) as discount,
    cast(orders.tax as decimal(20, 6)) as tax,
    cast(orders.net_before_refunds as decimal(20, 6)) as net_before_refunds,
    cast(orders.net_refunds as decimal(20, 6)) as net_refunds,
    cast(orders.net_revenue as decimal(20, 6)) as net_revenue,
    cast(orders.fx_difference as decimal(20, 6)) as fx_difference,
    cast(orders.cogs as decimal(20, 6)) as cogs,
    cast(orders.cm1 as decimal(20, 6)) as cm1,
    cast(orders.variable_cost as decimal(20, 6)) as variable_cost,
    cast(orders.cm2 as decimal(20, 6)) as cm2,
    cast(orders.hours as decimal(20, 6)) as hours
from orders
left join customers on orders.customer_id = customers.customer_id
