with

    orders as (select * from {{ ref("int_order_revenue") }} where counts_as_revenue),
    customers as (select * from {{ ref("int_customers") }}),
    referrals as (select * from {{ ref("int_customer_referrals") }}),

    -- Whoever has only had free jobs is in no cohort yet.
    placed as (
        select
            {{ period_start("month", "customers.became_customer_date") }} as cohort_month,
            {{ period_start("month", "orders.order_date") }} as order_month,
            coalesce(customers.acquisition_channel, '(unattributed)') as channel,
            coalesce(referrals.referral, '(unknown)') as referral,
            coalesce(referrals.is_subscriber, false) as is_subscriber,
            orders.net_revenue,
            orders.cm2
        from orders
        left join customers on orders.customer_id = customers.customer_id
        left join referrals on orders.customer_id = referrals.customer_id
    )

select
    cohort_month,
    order_month,
    channel,
    referral,
    is_subscriber,
    cast(count(*) as bigint) as orders,
    cast(count(cm2) as bigint) as orders_with_cost,
    cast(sum(net_revenue) as decimal(20, 6)) as net_revenue,
    cast(
        sum(case when cm2 is not null then net_revenue else 0 end) as decimal(20, 6)
    ) as net_revenue_with_cost,
    cast(coalesce(sum(cm2), 0) as decimal(20, 6)) as cm2
from placed
group by cohort_month, order_month, channel, referral, is_subscriber
