with

    customers as (select * from {{ ref("int_customers") }}),
    orders as (select * from {{ ref("int_order_revenue") }}),
    periods as (select * from {{ ref("int_periods") }} where grain not in ('day', 'week'))

select
    periods.grain,
    periods.period,
    cast(sum(orders.cm2) as decimal(20, 6)) as first_order_cm2,
    cast(count(orders.cm2) as bigint) as first_orders
from periods
left join customers on periods.period_day = customers.became_customer_date
left join orders on customers.first_order_id = orders.order_id
group by 1, 2
