with

    margins as (
        select int_margin_periods.*, {{ cm2_of_sums() }} as cm2
        from {{ ref("int_margin_periods") }} as int_margin_periods
        where basis = 'order_basis' and grain not in ('day', 'week')
    ),
    costs as (select * from {{ ref("int_cost_to_cover") }}),
    dates as (select * from {{ ref("int_break_even_dates") }}),
    campaigns as (select * from {{ ref("int_campaign_break_even") }}),
    first_orders as (
        select * from {{ ref("int_customer_value_periods") }} where age = 'first_order'
    ),

    joined as (
        select
            margins.grain,
            margins.period,
            margins.dimension,
            margins.member,
            margins.is_complete,
            -- The firm covers all its costs, a channel or campaign its own; spend knows no segment.
            costs.fixed_cost,
            case when margins.dimension <> 'segment' then margins.media_spend end as media_spend,
            case
                when margins.dimension = ''
                then costs.other_cost
                when margins.dimension <> 'segment'
                then margins.direct_marketing - margins.media_spend
            end as other_cost,
            case
                when margins.dimension = ''
                then costs.cost_to_cover
                when margins.dimension <> 'segment'
                then nullif(margins.direct_marketing, 0)
            end as cost_to_cover,
            margins.units,
            margins.net_revenue,
            margins.net_revenue_with_cost,
            margins.cm2,
            campaigns.launch_date,
            coalesce(dates.break_even_date, campaigns.break_even_date) as break_even_date,
            coalesce(
                dates.sustained_break_even_date, campaigns.sustained_break_even_date
            ) as sustained_break_even_date,
            case when first_orders.customers > 0 then first_orders.cm2 end as first_order_cm2,
            coalesce(first_orders.customers, 0) as first_orders
        from margins
        left join
            costs
            on margins.dimension = ''
            and margins.grain = costs.grain
            and margins.period is not distinct from costs.period
        left join
            dates
            on margins.dimension = ''
            and margins.grain = dates.grain
            and margins.period is not distinct from dates.period
        left join
            campaigns
            on margins.dimension = 'campaign'
            and margins.grain = 'all'
            and margins.member = campaigns.campaign
        left join
            first_orders
            on margins.grain = first_orders.grain
            and margins.period is not distinct from first_orders.period
            and margins.dimension = first_orders.dimension
            and margins.member = first_orders.member
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
    dimension,
    member,
    is_complete,
    {{ as_of_date() }} as as_of,

    -- measures
    cast(fixed_cost as decimal(20, 6)) as fixed_cost,
    cast(media_spend as decimal(20, 6)) as media_spend,
    cast(other_cost as decimal(20, 6)) as other_cost,
    cast(cost_to_cover as decimal(20, 6)) as cost_to_cover,
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
    case
        when break_even_units > units then break_even_units - units else break_even_units * 0
    end as break_even_units_left,
    break_even_revenue,
    launch_date,
    break_even_date,
    sustained_break_even_date,
    {{ ratio("net_revenue - break_even_revenue", positive("net_revenue")) }} as margin_of_safety,
    {{ ratio("first_order_cm2", "first_orders") }} as break_even_cac,
    case
        when cm2 > 0 then {{ ratio(positive("net_revenue_with_cost"), "cm2") }}
    end as break_even_roas
from points
