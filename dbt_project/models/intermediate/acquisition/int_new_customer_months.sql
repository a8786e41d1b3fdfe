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
    ),

    ordered as (
        select
            periods.grain,
            periods.period,
            cast(
                sum(
                    case when orders.orders = orders.orders_with_cm2 then orders.cm2 end
                ) as decimal(20, 6)
            ) as first_month_cm2,
            cast(
                count(case when orders.orders = orders.orders_with_cm2 then 1 end) as bigint
            ) as customers_with_cm2
        from {{ ref("int_periods") }} as periods
        inner join
            {{ ref("int_customers") }} as customers
            on periods.period_day = customers.became_customer_date
        left join
            orders
            on customers.customer_id = orders.customer_id
            and orders.month = {{ period_start("month", "customers.became_customer_date") }}
        where periods.grain not in ('day', 'week')
        group by 1, 2
    ),

    -- MRR won in the period, at the margin of the subscribers' own orders.
    recurring as (
        select
            bridge.grain,
            bridge.period,
            bridge.new_mrr,
            {{
                money(
                    ratio(
                        "cast(bridge.new_mrr as double) * cast(margins.cm2 as double)",
                        positive("margins.net_revenue_with_cost")
                    )
                )
            }} as new_mrr_margin
        from {{ ref("kpi_mrr_bridge") }} as bridge
        left join
            {{ ref("int_subscriber_margins") }} as margins
            on bridge.grain = margins.grain
            and bridge.period is not distinct from margins.period
    ),

    periods as (
        select grain, period
        from ordered
        union
        select grain, period
        from recurring
    )

select
    periods.grain,
    periods.period,
    {{ ratio("ordered.first_month_cm2", "ordered.customers_with_cm2") }}
    as first_month_cm2_per_customer,
    recurring.new_mrr,
    recurring.new_mrr_margin
from periods
left join
    ordered on periods.grain = ordered.grain and periods.period is not distinct from ordered.period
left join
    recurring
    on periods.grain = recurring.grain
    and periods.period is not distinct from recurring.period
