with

    customers as (select * from {{ ref("int_customers") }}),
    orders as (
        select
            customer_id,
            cast(count(*) as bigint) as orders,
            cast(sum(net_revenue) as decimal(20, 6)) as net_revenue,
            cast(sum(case when is_cost_missing then 1 else 0 end) as bigint) as orders_missing_cost,
            cast(sum(case when not is_cogs_missing then cm1 end) as decimal(20, 6)) as cm1,
            cast(sum(case when not is_cost_missing then cm2 end) as decimal(20, 6)) as cm2
        from {{ ref("int_order_revenue") }}
        where counts_as_revenue
        group by customer_id
    ),
    attributes as (select * from {{ ref("int_customer_attributes") }}),
    segments as (select * from {{ ref("int_customer_segments") }})

select
    -- keys
    customers.customer_id,
    customers.first_order_id,

    -- dimensions
    customers.became_customer_date,
    customers.first_order_date,
    customers.first_won_date,
    customers.acquisition_channel,
    customers.attributed_by,
    attributes.campaign as acquisition_campaign,
    segments.segment,

    -- measures
    coalesce(orders.orders, 0) as orders,
    coalesce(orders.net_revenue, cast(0 as decimal(20, 6))) as net_revenue,
    coalesce(orders.orders_missing_cost, 0) as orders_missing_cost,
    orders.cm1,
    orders.cm2
from customers
left join orders on customers.customer_id = orders.customer_id
left join segments on customers.customer_id = segments.customer_id
left join attributes on customers.customer_id = attributes.customer_id
