{{ config(materialized="view") }}

with

    orders as (select * from {{ ref("int_orders") }} where order_date <= {{ as_of_date() }}),

    refunds as (
        select
            order_id,
            cast(sum(amount) as decimal(20, 6)) as refunded,
            cast(sum(net_refund) as decimal(20, 6)) as net_refunds,
            cast(sum(fx_difference) as decimal(20, 6)) as fx_difference
        from {{ ref("int_order_refunds") }}
        group by order_id
    ),

    netted as (
        select
            orders.*,
            coalesce(refunds.refunded, 0) as refunded,
            coalesce(refunds.net_refunds, 0) as net_refunds,
            coalesce(refunds.fx_difference, 0) as fx_difference,
            orders.net_before_refunds - coalesce(refunds.net_refunds, 0) as net_revenue,
            orders.counts_as_revenue and orders.cogs is null as is_cogs_missing,
            orders.counts_as_revenue
            and (orders.cogs is null or orders.variable_cost is null) as is_cost_missing
        from orders
        left join refunds on orders.order_id = refunds.order_id
    )

select
    -- keys
    order_id,
    source,
    source_order_id,
    customer_id,

    -- dimensions
    order_date,
    channel as order_channel,
    status,
    counts_as_revenue,
    currency,

    -- measures
    fx_rate,
    gross,
    discount,
    tax,
    paid,
    refunded,
    net_before_refunds,
    {{ money("net_refunds") }} as net_refunds,
    {{ money("net_revenue") }} as net_revenue,
    {{ money("fx_difference") }} as fx_difference,
    case when counts_as_revenue then cogs else 0 end as cogs,
    case when counts_as_revenue then variable_cost else 0 end as variable_cost,
    case when counts_as_revenue then {{ money("net_revenue - cogs") }} else 0 end as cm1,
    case
        when counts_as_revenue then {{ money("net_revenue - cogs - variable_cost") }} else 0
    end as cm2,
    hours,
    is_cogs_missing,
    is_cost_missing,

    -- lineage
    file_id,
    file_row
from netted
