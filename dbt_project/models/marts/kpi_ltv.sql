with

    aged as (
        select *
        from {{ ref("int_customer_value_periods") }}
        where grain <> 'all' and dimension in ('', 'channel') and age <> 'first_order'
    ),

    judged as (
        select aged.*, costs.loaded_cost
        from aged
        left join
            {{ ref("kpi_cac") }} as costs
            on aged.grain = costs.grain
            and aged.period = costs.period
            and aged.dimension = ''
            and costs.dimension = ''
    )

select
    -- cohort and age
    grain,
    period,
    dimension,
    member,
    age,
    age_months,
    is_mature,
    {{ as_of_date() }} as as_of,

    -- measures
    customers as cohort_size,
    orders,
    cast(orders - orders_with_cost as bigint) as orders_missing_cost,
    {{ money("net_revenue") }} as net_revenue,
    {{ money("cm2") }} as cm2,
    {{ money("loaded_cost") }} as loaded_cost,

    -- ratios
    {{ ratio("orders_with_cost", "orders") }} as cost_coverage,
    case when is_mature and orders_with_cost > 0 then {{ ratio("cm2", "customers") }} end as ltv,
    {{ ratio("loaded_cost", "customers") }} as cac_fully_loaded,
    case
        when is_mature and orders_with_cost > 0 then {{ ratio("cm2", "loaded_cost") }}
    end as ltv_to_cac
from judged
