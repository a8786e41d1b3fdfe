with

    customers as (select * from {{ ref("int_customers") }}),
    orders as (
        select
            customer_id,
            cast(count(*) as bigint) as orders,
            cast(sum(net_revenue) as decimal(20, 6)) as net_revenue
        from {{ ref("int_order_revenue") }}
        where counts_as_revenue
        group by customer_id
    ),
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
    segments.segment,

    -- measures
    coalesce(orders.orders, 0) as orders,
    coalesce(orders.net_revenue, cast(0 as decimal(20, 6))) as net_revenue
from customers
left join orders on customers.customer_id = orders.customer_id
left join segments on customers.customer_id = segments.customer_id
