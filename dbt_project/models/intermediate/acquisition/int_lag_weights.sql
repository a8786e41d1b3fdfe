{% set maturity = var("cac")["maturity_months"] %}
with

    quarters as (
        select distinct period as quarter from {{ ref("int_periods") }} where grain = 'quarter'
    ),

    -- The youngest cohort that counts has been followed for maturity_months when the quarter
    -- begins.
    counted as (
        select quarters.quarter, leads.lag_months, count(*) as customers
        from quarters
        inner join
            {{ ref("int_customer_leads") }} as leads
            on leads.lead_month >= {{ months_later("quarters.quarter", 0 - maturity - 12) }}
            and leads.lead_month < {{ months_later("quarters.quarter", 0 - maturity) }}
            and leads.lag_months <= {{ maturity }}
        group by 1, 2
    )

select
    quarter,
    lag_months,
    cast(customers as bigint) as customers,
    cast(sum(customers) over (partition by quarter) as bigint) as customers_of_quarter
from counted
