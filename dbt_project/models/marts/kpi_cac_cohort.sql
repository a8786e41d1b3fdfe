{% set maturity = var("cac")["maturity_months"] %}
with

    months as (select month, cost_rows, media_spend, loaded_cost from {{ ref("int_cac_months") }}),

    customers as (
        select lead_month, won_month, count(*) as new_customers
        from {{ ref("int_customer_leads") }}
        group by 1, 2
    ),

    leads as (
        select period as month, leads
        from {{ ref("kpi_funnel") }}
        where grain = 'month' and dimension = ''
    ),

    ages as (
        select
            cohorts.month as lead_month,
            won.month as won_month,
            cast({{ months_between_starts("cohorts.month", "won.month") }} as bigint) as age_months,
            case when cohorts.cost_rows > 0 then cohorts.media_spend end as media_spend,
            case when cohorts.cost_rows > 0 then cohorts.loaded_cost end as loaded_cost
        from months as cohorts
        inner join months as won on won.month >= cohorts.month
        union all
        -- Customers whom nobody knew as a lead belong to no cohort and are not lost.
        select cast(null as date), month, null, null, null
        from months
    ),

    followed as (
        select
            ages.*,
            leads.leads,
            coalesce(customers.new_customers, 0) as new_customers,
            sum(coalesce(customers.new_customers, 0)) over (
                partition by ages.lead_month
                order by ages.won_month
                rows between unbounded preceding and current row
            ) as customers_to_date,
            {{ months_later("ages.won_month", 1) }}
            <= cast({{ as_of_date() }} + 1 as date) as is_complete
        from ages
        left join
            customers
            on ages.lead_month is not distinct from customers.lead_month
            and ages.won_month = customers.won_month
        left join leads on ages.lead_month = leads.month
    )

select
    -- keys
    lead_month,
    won_month,
    age_months,
    is_complete,
    age_months > {{ maturity }} or (age_months = {{ maturity }} and is_complete) as is_mature,
    {{ as_of_date() }} as as_of,

    -- measures
    leads,
    media_spend,
    loaded_cost,
    cast(new_customers as bigint) as new_customers,
    case
        when lead_month is not null then cast(customers_to_date as bigint)
    end as customers_to_date,

    -- ratios
    case
        when lead_month is not null then {{ ratio("media_spend", "customers_to_date") }}
    end as media_cac_to_date,
    case
        when lead_month is not null then {{ ratio("loaded_cost", "customers_to_date") }}
    end as cac_to_date
from followed
