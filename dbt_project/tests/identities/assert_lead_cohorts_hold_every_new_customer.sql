{{ config(meta={
    "identity": "K5",
    "owner": "sales",
    "remedy": "The customers won in the month shown are not those that the lead cohorts say: a customer is in no cohort of "
        ~ "kpi_cac_cohort, or in two. Look at int_customer_leads."
}) }}

with

    cohorts as (
        select won_month as month, sum(new_customers) as new_customers
        from {{ ref("kpi_cac_cohort") }}
        group by won_month
    )

select cac.period as month, cac.new_customers, cohorts.new_customers as customers_of_cohorts
from {{ ref("kpi_cac") }} as cac
full outer join cohorts on cac.period = cohorts.month
where
    coalesce(cac.grain, 'month') = 'month'
    and coalesce(cac.dimension, '') = ''
    and cac.new_customers is distinct from cohorts.new_customers
