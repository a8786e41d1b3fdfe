with

    last_days as (select distinct grain, period, period_last_day from {{ ref("int_periods") }}),

    -- The youngest member may have bought on the last day of the cohort's period.
    judged as (
        select
            aged.*,
            coalesce(
                cast({{ months_later("last_days.period_last_day", "aged.age_months") }} - 1 as date)
                <= {{ as_of_date() }},
                false
            ) as is_mature,
            costs.loaded_cost
        from {{ ref("int_ltv_ages") }} as aged
        inner join last_days on aged.grain = last_days.grain and aged.period = last_days.period
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
    cast(cohort_size as bigint) as cohort_size,
    cast(orders as bigint) as orders,
    cast(orders - orders_with_cost as bigint) as orders_missing_cost,
    {{ money("net_revenue") }} as net_revenue,
    {{ money("cm2") }} as cm2,
    {{ money("loaded_cost") }} as loaded_cost,

    -- ratios
    {{ ratio("orders_with_cost", "orders") }} as cost_coverage,
    case when is_mature and orders_with_cost > 0 then {{ ratio("cm2", "cohort_size") }} end as ltv,
    {{ ratio("loaded_cost", "cohort_size") }} as cac_fully_loaded,
    case
        when is_mature and orders_with_cost > 0 then {{ ratio("cm2", "loaded_cost") }}
    end as ltv_to_cac
from judged
