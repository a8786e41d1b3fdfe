with

    sums as (select * from {{ ref("int_margin_periods") }}),
    buyers as (select * from {{ ref("int_customer_counts") }}),

    -- Where no order knows its cost there is no margin; where there is no order it is 0.
    ladder as (
        select
            sums.*,
            case
                when rows_with_cogs > 0 or revenue_rows = 0
                then {{ money("net_revenue_with_cogs - cogs") }}
            end as cm1,
            {{ known_cm2() }} as cm2,
            -- Spend knows no segment, so that a segment has no CM3.
            case when dimension <> 'segment' then direct_marketing end as own_marketing
        from sums
    )

select
    -- keys
    ladder.grain,
    ladder.period,
    ladder.dimension,
    ladder.member,
    ladder.basis,
    ladder.is_complete,
    {{ as_of_date() }} as as_of,

    -- measures
    ladder.orders,
    ladder.paying_orders,
    ladder.first_orders,
    ladder.gross,
    ladder.net_revenue,
    ladder.first_order_revenue,
    ladder.fx_difference,
    ladder.net_revenue_with_cogs,
    ladder.cogs,
    ladder.cm1,
    ladder.net_revenue_with_cost,
    ladder.cogs_with_cost,
    ladder.variable_cost,
    ladder.cm2,
    ladder.direct_marketing,
    {{ money("ladder.cm2 - ladder.own_marketing") }} as cm3,
    ladder.orders - ladder.orders_with_cost as orders_missing_cost,
    ladder.orders_with_cost,
    ladder.units,
    ladder.hours,
    ladder.cm2_with_hours,
    case
        when ladder.grain in ('month', 'all') then coalesce(buyers.customers, 0)
    end as customers_with_cost,

    -- ratios
    {{ ratio("ladder.orders_with_cost", "ladder.orders") }} as cost_coverage,
    {{ ratio("ladder.cm1", positive("ladder.net_revenue_with_cogs")) }} as cm1_rate,
    {{ ratio("ladder.cm2", positive("ladder.net_revenue_with_cost")) }} as cm2_rate,
    {{ ratio("ladder.cm2 - ladder.own_marketing", positive("ladder.net_revenue_with_cost")) }}
    as cm3_rate,
    {{ ratio("ladder.cm2", "ladder.orders_with_cost") }} as cm2_per_order,
    {{ ratio("ladder.cm2", "buyers.customers") }} as cm2_per_customer,
    {{ ratio("ladder.cm2_with_hours", "ladder.hours") }} as cm2_per_hour
from ladder
left join
    buyers
    on ladder.grain = buyers.grain
    and ladder.period is not distinct from buyers.period
    and ladder.dimension = buyers.dimension
    and ladder.member = buyers.member
