{{ config(meta={
    "identity": "K1",
    "owner": "sales",
    "remedy": "CAC counts other customers than dim_customers holds: check int_customers for a customer with two rows."
}) }}

with

    customers as (
        select periods.grain, periods.period, count(customers.customer_id) as new_customers
        from {{ ref("int_periods") }} as periods
        left join
            {{ ref("dim_customers") }} as customers
            on periods.period_day = customers.became_customer_date
        group by 1, 2
    )

select cac.grain, cac.period, cac.new_customers, customers.new_customers as customers_in_dimension
from {{ ref("kpi_cac") }} as cac
full outer join
    customers on cac.grain = customers.grain and cac.period is not distinct from customers.period
where
    coalesce(cac.dimension, '') = ''
    and coalesce(cac.new_customers, -1) <> coalesce(customers.new_customers, -1)
