{{ config(meta={
    "identity": "M1",
    "owner": "finance",
    "remedy": "What the lines of a day's orders say is not what the orders say: compare fct_order_lines with fct_orders; a "
        ~ "line is missing, there twice, or takes more than its part."
}) }}

-- By day and source: one order that takes from another would need the same day to hide.
with

    lines as (
        select
            source,
            order_date,
            sum(case when line_number = 1 then 1 else 0 end) as orders,
            sum(gross) as gross,
            sum(net_revenue) as net_revenue,
            sum(case when not is_order_cost_missing then cogs end) as cogs,
            sum(case when not is_order_cost_missing then variable_cost end) as variable_cost,
            sum(case when not is_order_cost_missing then cm2 end) as cm2
        from {{ ref("fct_order_lines") }}
        group by source, order_date
    ),

    orders as (
        select
            source,
            order_date,
            count(*) as orders,
            sum(gross) as gross,
            sum(net_revenue) as net_revenue,
            sum(case when not is_cost_missing then cogs end) as cogs,
            sum(case when not is_cost_missing then variable_cost end) as variable_cost,
            sum(case when not is_cost_missing then cm2 end) as cm2
        from {{ ref("fct_orders") }}
        group by source, order_date
    )

select
    coalesce(lines.source, orders.source) as source,
    coalesce(lines.order_date, orders.order_date) as order_date,
    lines.net_revenue as net_revenue_of_lines,
    orders.net_revenue,
    lines.cm2 as cm2_of_lines,
    orders.cm2
from orders
full outer join lines on orders.source = lines.source and orders.order_date = lines.order_date
where
    lines.orders is distinct from orders.orders
    or lines.gross is distinct from orders.gross
    or lines.net_revenue is distinct from orders.net_revenue
    or lines.cogs is distinct from orders.cogs
    or lines.variable_cost is distinct from orders.variable_cost
    or lines.cm2 is distinct from orders.cm2
