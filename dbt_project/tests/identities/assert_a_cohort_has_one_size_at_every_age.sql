{{ config(meta={
    "identity": "L3",
    "owner": "data team",
    "remedy": "The cohort shown has not the same size at every age, or is not as many customers as dim_customers has for "
        ~ "its period: customers who left must stay in the denominator. Look at int_customer_value_days."
}) }}

with

    cohorts as (
        select
            grain,
            period,
            dimension,
            min(cohort_size) as smallest,
            max(cohort_size) as largest,
            count(distinct age) as ages
        from {{ ref("kpi_ltv") }}
        group by grain, period, dimension, member
    ),

    sizes as (
        select
            grain,
            period,
            dimension,
            sum(largest) as customers,
            sum(case when smallest <> largest then 1 else 0 end) as cohorts_that_change,
            sum(case when ages <> {{ ltv_ages() | length + 1 }} then 1 else 0 end) as incomplete
        from cohorts
        group by grain, period, dimension
    ),

    customers as (
        select periods.grain, periods.period, count(*) as customers
        from {{ ref("dim_customers") }} as customers
        inner join
            {{ ref("int_periods") }} as periods
            on customers.became_customer_date = periods.period_day
            and periods.grain not in ('day', 'week', 'all')
        group by periods.grain, periods.period
    )

select
    customers.grain,
    customers.period,
    sizes.dimension,
    customers.customers,
    sizes.customers as customers_of_cohorts,
    sizes.cohorts_that_change,
    sizes.incomplete
from customers
left join sizes on customers.grain = sizes.grain and customers.period = sizes.period
where
    sizes.customers is null
    or sizes.customers <> customers.customers
    or sizes.cohorts_that_change > 0
    or sizes.incomplete > 0
