{{ config(materialized=keyed(), key=["order_id"]) }}
{% set keys = touched({
    "fct_orders": "select order_id from {changes}",
    "int_shopify__priced_items": "select 'shopify:' || order_key from {changes}",
}) %}
{% set of_shopify = none if keys is none else "(select substring(order_id, 9) as order_key from " ~ keys ~ ")" %}

with

    orders as (select * from {{ only(ref("fct_orders"), keys, ["order_id"]) }} as orders),
    items as (
        select *
        from {{ only(ref("int_shopify__priced_items"), of_shopify, ["order_key"]) }} as items
    ),

    -- An order of which no lines are known is one line.
    lines as (
        select
            orders.*,
            items.order_key is not null as has_items,
            items.sku,
            items.quantity,
            items.cogs as line_cogs,
            coalesce(items.line_number, 1) as line_number,
            coalesce(items.share_before, 0) as share_before,
            coalesce(items.share_after, 1) as share_after,
            coalesce(items.shares, 1) as shares
        from orders
        left join
            items
            on case when orders.source = 'shopify' then substring(orders.order_id, 9) end
            = items.order_key
    ),

    shared_out as (
        select
            lines.*,
            {{ part_of("gross") }} as line_gross,
            {{ part_of("discount") }} as line_discount,
            {{ part_of("tax") }} as line_tax,
            {{ part_of("net_before_refunds") }} as line_net_before_refunds,
            {{ part_of("net_refunds") }} as line_net_refunds,
            {{ part_of("variable_cost") }} as line_variable_cost,
            case
                when not counts_as_revenue
                then cast(0 as decimal(20, 6))
                when has_items
                then line_cogs
                else cogs
            end as goods
        from lines
    )

select
    -- keys
    order_id,
    cast(line_number as bigint) as line_number,
    customer_id,

    -- dimensions
    source,
    order_date,
    channel,
    segment,
    campaign,
    sku,
    counts_as_revenue,
    is_first_order,
    counts_as_revenue and goods is null as is_cogs_missing,
    is_cost_missing as is_order_cost_missing,

    -- measures
    cast(quantity as decimal(20, 6)) as quantity,
    line_gross as gross,
    line_discount as discount,
    line_tax as tax,
    line_net_before_refunds as net_before_refunds,
    line_net_refunds as net_refunds,
    {{ money("line_net_before_refunds - line_net_refunds") }} as net_revenue,
    {{ money("goods") }} as cogs,
    {{ money("line_net_before_refunds - line_net_refunds - goods") }} as cm1,
    line_variable_cost as variable_cost,
    {{ money("line_net_before_refunds - line_net_refunds - goods - line_variable_cost") }} as cm2
from shared_out
