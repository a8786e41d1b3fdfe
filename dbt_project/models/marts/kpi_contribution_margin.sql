with

    sums as (select * from {{ ref("int_margin_periods") }}),

    -- Where no order knows its cost there is no margin; where there is no order it is 0.
    ladder as (
        select
            sums.*,
            case
                when rows_with_cogs > 0 or revenue_rows = 0
                then {{ money("net_revenue_with_cogs - cogs") }}
            end as cm1,
            case
                when rows_with_cost > 0 or revenue_rows = 0
                then {{ money("net_revenue_with_cost - cogs_with_cost - variable_cost") }}
            end as cm2
        from sums
    )

select
    -- keys
    grain,
    period,
    dimension,
    member,
    basis,
    is_complete,
    {{ as_of_date() }} as as_of,

    -- measures
    orders,
    gross,
    net_revenue,
    net_revenue_with_cogs,
    cogs,
    cm1,
    net_revenue_with_cost,
    cogs_with_cost,
    variable_cost,
    cm2,
    direct_marketing,
    {{ money("cm2 - direct_marketing") }} as cm3,
    orders - orders_with_cost as orders_missing_cost,
    units,

    -- ratios
    {{ ratio("orders_with_cost", "orders") }} as cost_coverage,
    {{ ratio("cm1", positive("net_revenue_with_cogs")) }} as cm1_rate,
    {{ ratio("cm2", positive("net_revenue_with_cost")) }} as cm2_rate,
    {{ ratio("cm2 - direct_marketing", positive("net_revenue_with_cost")) }} as cm3_rate
from ladder
