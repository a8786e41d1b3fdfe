with

    orders as (
        select
            customer_id,
            {{ period_start("month", "order_date") }} as month,
            sum(cm2) as cm2,
            count(*) as orders,
            count(cm2) as orders_with_cm2
        from {{ ref("int_order_revenue") }}
        where counts_as_revenue
        group by 1, 2
    )

select
    periods.grain,
    periods.period,
    cast(
        sum(case when orders.orders = orders.orders_with_cm2 then orders.cm2 end) as decimal(20, 6)
    ) as first_month_cm2,
    cast(
        count(case when orders.orders = orders.orders_with_cm2 then 1 end) as bigint
    ) as customers_with_cm2
from {{ ref("int_periods") }} as periods
inner join
    {{ ref("int_customers") }} as customers on periods.period_day = customers.became_customer_date
left join
    orders
    on customers.customer_id = orders.customer_id
    and orders.month = {{ period_start("month", "customers.became_customer_date") }}
where periods.grain not in ('day', 'week')
group by 1, 2
