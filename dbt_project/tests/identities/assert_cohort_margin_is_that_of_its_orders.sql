{{ config(meta={
    "identity": "L4",
    "owner": "finance",
    "remedy": "The margin of the cohort shown at its last age is not what the orders of its customers add up to, or an order "
        ~ "is in no cohort and not among those who have bought nothing yet. Look at int_customer_value_days."
}) }}

with

    orders as (
        select
            {{ period_start("month", "customers.became_customer_date") }} as cohort_month,
            orders.channel,
            count(*) as orders,
            sum(coalesce(orders.cm2, 0)) as cm2
        from {{ ref("fct_orders") }} as orders
        left join
            {{ ref("dim_customers") }} as customers on orders.customer_id = customers.customer_id
        where orders.counts_as_revenue
        group by 1, 2
    ),

    cohorts as (
        select member as channel, period as cohort_month, orders, cm2
        from {{ ref("kpi_ltv") }}
        where grain = 'month' and dimension = 'channel' and age = 'to_date'
        union all
        select channel, cast(null as date), orders, cm2
        from {{ ref("int_cohort_margins") }}
        where cohort_month is null
    ),

    sides as (
        select cohort_month, channel, orders, cm2, 0 as orders_of_cohorts, 0 as cm2_of_cohorts
        from orders
        union all
        select cohort_month, channel, 0, 0, orders, cm2
        from cohorts
    ),

    differences as (
        select
            'channels' as what,
            cohort_month as period,
            channel as member,
            sum(orders) as orders,
            sum(orders_of_cohorts) as orders_of_cohorts,
            sum(cm2) as cm2,
            sum(cm2_of_cohorts) as cm2_of_cohorts
        from sides
        group by cohort_month, channel
        union all
        select
            grain,
            period,
            '',
            sum(case when dimension = '' then orders else 0 end),
            sum(case when dimension = 'channel' then orders else 0 end),
            sum(case when dimension = '' then cm2 else 0 end),
            sum(case when dimension = 'channel' then cm2 else 0 end)
        from {{ ref("kpi_ltv") }}
        where age = 'to_date'
        group by grain, period
    )

select *
from differences
where orders <> orders_of_cohorts or abs(cm2 - cm2_of_cohorts) > 0.01
