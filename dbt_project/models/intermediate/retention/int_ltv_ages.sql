with

    customers as (
        select
            {{ period_start("month", "became_customer_date") }} as cohort_month,
            acquisition_channel as channel,
            count(*) as customers
        from {{ ref("int_customers") }}
        group by 1, 2
    ),

    margins as (
        select
            cohort_month,
            channel,
            age_months,
            sum(orders) as orders,
            sum(orders_with_cost) as orders_with_cost,
            sum(net_revenue) as net_revenue,
            sum(cm2) as cm2
        from {{ ref("int_cohort_margins") }}
        where cohort_month is not null
        group by cohort_month, channel, age_months
    ),

    spans as (
        select * from {{ ref("int_retention_spans") }} where span = 'period' and grain <> 'all'
    ),

    cohorts as (
        select
            spans.grain, spans.period, cuts.dimension, cuts.member, sum(cuts.customers) as customers
        from {{ total_and_cuts("customers", ["channel"], ["cohort_month", "customers"]) }} as cuts
        inner join spans on {{ month_of("spans", "cuts.cohort_month") }}
        group by spans.grain, spans.period, cuts.dimension, cuts.member
    ),

    steps as (
        select
            spans.grain,
            spans.period,
            cuts.dimension,
            cuts.member,
            cuts.age_months,
            sum(cuts.orders) as orders,
            sum(cuts.orders_with_cost) as orders_with_cost,
            sum(cuts.net_revenue) as net_revenue,
            sum(cuts.cm2) as cm2
        from
            {{
                total_and_cuts(
                    "margins", ["channel"],
                    ["cohort_month", "age_months", "orders", "orders_with_cost", "net_revenue", "cm2"]
                )
            }}
            as cuts
        inner join spans on {{ month_of("spans", "cuts.cohort_month") }}
        group by spans.grain, spans.period, cuts.dimension, cuts.member, cuts.age_months
    ),

    ages as (
        {%- for age in ltv_ages() %}
            select 'month_{{ age }}' as age, cast({{ age }} as bigint) as age_months
            union all
        {%- endfor %}
        select 'to_date', cast(null as bigint)
    )

select
    cohorts.grain,
    cohorts.period,
    cohorts.dimension,
    cohorts.member,
    ages.age,
    ages.age_months,
    cohorts.customers as cohort_size,
    coalesce(sum(steps.orders), 0) as orders,
    coalesce(sum(steps.orders_with_cost), 0) as orders_with_cost,
    coalesce(sum(steps.net_revenue), 0) as net_revenue,
    coalesce(sum(steps.cm2), 0) as cm2
from cohorts
cross join ages
left join
    steps
    on cohorts.grain = steps.grain
    and cohorts.period = steps.period
    and cohorts.dimension = steps.dimension
    and cohorts.member = steps.member
    and (ages.age_months is null or steps.age_months <= ages.age_months)
group by 1, 2, 3, 4, 5, 6, 7
