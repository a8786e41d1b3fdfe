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

    -- One sort serves everything that is shared out, and only of what there are several of.
    valued as (
        select
            order_key,
            sku,
            quantity,
            cogs,
            greatest(coalesce(line_value, 0), 0) as line_value,
            sum(greatest(coalesce(line_value, 0), 0)) over (partition by order_key) as order_value,
            count(*) over (partition by order_key) as order_lines,
            row_number() over in_order as line_number,
            sum(greatest(coalesce(line_value, 0), 0)) over in_order as value_so_far
        from items
        window
            in_order as (
                partition by order_key
                order by line_position, order_item_id
                rows between unbounded preceding and current row
            )
    ),

    -- Lines without a price share alike; an order of which no lines are known is one line.
    lines as (
        select
            orders.*,
            valued.order_key is not null as has_items,
            valued.sku,
            valued.quantity,
            valued.cogs as line_cogs,
            coalesce(valued.line_number, 1) as line_number,
            {{ shares_of_line("value_so_far", "line_number", "1") }} as share_after,
            {{ shares_of_line("value_so_far - line_value", "line_number - 1", "0") }}
            as share_before,
            {{ shares_of_line("order_value", "order_lines", "1") }} as shares
        from orders
        left join
            valued
            on case when orders.source = 'shopify' then substring(orders.order_id, 9) end
            = valued.order_key
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
    order_id || ':' || cast(line_number as string) as order_line_id,
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
