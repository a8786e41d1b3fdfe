{{ config(meta={
    "identity": "L2",
    "owner": "finance",
    "remedy": "Gross revenue retention lies above net retention, above 1 or below 0, or only one of the two is known. Look "
        ~ "at int_mrr_changes for the period shown; a recurring amount below zero does it too."
}) }}

with

    rates as (
        select grain, period, 'period' as span, nrr, grr, customer_churn
        from {{ ref("kpi_mrr_bridge") }}
        union all
        select grain, period, '12m', nrr_12m, grr_12m, customer_churn_12m
        from {{ ref("kpi_mrr_bridge") }}
    )

select *
from rates
where
    grr > nrr + 0.000000001
    or grr > 1
    or grr < 0
    or customer_churn < 0
    or customer_churn > 1
    or (nrr is null) <> (grr is null)
