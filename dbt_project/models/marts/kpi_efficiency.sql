with

    sums as (
        select int_margin_periods.*, {{ known_cm2() }} as cm2
        from {{ ref("int_margin_periods") }} as int_margin_periods
        where basis = 'order_basis' and dimension <> 'segment'
    ),

    -- Every purpose of a period says what all of them cost.
    marketing as (
        select grain, period, max(total_amount) as marketing_cost
        from {{ ref("kpi_spend_mix") }}
        group by grain, period
    ),

    campaigns as (
        select campaign, max(case when is_tracked then 1 else 0 end) as touches
        from {{ ref("int_campaign_names") }}
        group by campaign
    ),

    -- A campaign that no touch names has won nobody knows whom: its return is unknown, not 0.
    known as (
        select
            sums.*,
            marketing.marketing_cost,
            coalesce(sums.dimension <> 'campaign' or campaigns.touches = 1, false) as is_tracked
        from sums
        left join
            marketing
            on sums.dimension = ''
            and sums.grain = marketing.grain
            and sums.period is not distinct from marketing.period
        left join campaigns on sums.dimension = 'campaign' and sums.member = campaigns.campaign
    )

select
    -- keys
    grain,
    period,
    dimension,
    member,
    'last_touch' as attribution_model,
    basis as revenue_basis,
    is_complete,
    is_tracked,
    {{ as_of_date() }} as as_of,

    -- measures
    orders,
    first_orders,
    media_spend,
    direct_marketing,
    marketing_cost,
    net_revenue,
    first_order_revenue,
    cm2,
    claimed_value,
    spend_with_value,

    -- ratios
    case when dimension = '' then {{ ratio("net_revenue", "media_spend") }} end as mer,
    {{ ratio("net_revenue", "marketing_cost") }} as mer_all_marketing,
    case when dimension = '' then {{ ratio("first_order_revenue", "media_spend") }} end as amer,
    case
        when dimension <> '' and is_tracked then {{ ratio("net_revenue", "media_spend") }}
    end as roas,
    {{ ratio("claimed_value", "spend_with_value") }} as roas_platform,
    case
        when is_tracked and grain not in ('day', 'week')
        then {{ ratio("cm2 - direct_marketing", "direct_marketing") }}
    end as romi_attributed
from known
