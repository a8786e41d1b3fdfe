with

    margins as (
        select *
        from {{ ref("int_margin_periods") }}
        where dimension = '' and basis = 'order_basis' and grain not in ('day', 'week')
    ),
    costs as (select * from {{ ref("int_cost_to_cover") }}),
    dates as (select * from {{ ref("int_break_even_dates") }}),
    first_orders as (select * from {{ ref("int_first_orders") }}),

    joined as (
        select
            margins.grain,
            margins.period,
            margins.is_complete,
            costs.fixed_cost,
            costs.media_spend,
            costs.other_cost,
            costs.cost_to_cover,
            margins.units,
            margins.net_revenue,
            margins.net_revenue_with_cost,
            {{ money("margins.net_revenue_with_cost - margins.cogs_with_cost - margins.variable_cost") }}
            as cm2,
            dates.break_even_date,
            dates.sustained_break_even_date,
            first_orders.first_order_cm2,
            first_orders.first_orders
        from margins
        inner join
            costs
            on margins.grain = costs.grain
            and margins.period is not distinct from costs.period
        inner join
            dates
            on margins.grain = dates.grain
            and margins.period is not distinct from dates.period
        inner join
            first_orders
            on margins.grain = first_orders.grain
            and margins.period is not distinct from first_orders.period
    ),

    points as (
        select
            joined.*,
            case
                when units > 0
                then
                    {{ ceiling("cast(cost_to_cover * cast(units as decimal(15, 0)) as decimal(38, 6))", "cm2") }}
            end as break_even_units,
            -- cost / (CM2 / net revenue), as one division of a product.
            case
                when net_revenue_with_cost > 0
                then
                    {{
                        ratio(
                            "cast(cast(cost_to_cover as decimal(18, 6)) * cast(net_revenue_with_cost as decimal(19, 6)) as decimal(28, 8))",
                            positive("cm2")
                        )
                    }}
            end as break_even_revenue
        from joined
    )

select
    -- keys
    grain,
    period,
    '' as dimension,
    '' as member,
    is_complete,
    {{ as_of_date() }} as as_of,

    -- measures
    fixed_cost,
    media_spend,
    other_cost,
    cost_to_cover,
    units,
    net_revenue,
    net_revenue_with_cost,
    cm2,
    first_order_cm2,
    first_orders,

    -- break-even
    {{ ratio("cm2", "units") }} as cm2_per_unit,
    {{ ratio("cm2", positive("net_revenue_with_cost")) }} as cm2_rate,
    break_even_units,
    break_even_revenue,
    break_even_date,
    sustained_break_even_date,
    {{ ratio("net_revenue - break_even_revenue", positive("net_revenue")) }} as margin_of_safety,
    {{ ratio("first_order_cm2", "first_orders") }} as break_even_cac,
    case
        when cm2 > 0 then {{ ratio(positive("net_revenue_with_cost"), "cm2") }}
    end as break_even_roas
from points
