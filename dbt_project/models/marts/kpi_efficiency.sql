with

    sums as (
        select int_margin_periods.*, {{ known_cm2() }} as cm2
        from {{ ref("int_margin_periods") }} as int_margin_periods
        where basis = 'order_basis' and dimension <> 'segment'
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
    {{ as_of_date() }} as as_of,

    -- measures
    orders,
    first_orders,
    media_spend,
    direct_marketing,
    net_revenue,
    first_order_revenue,
    cm2,
    claimed_value,
    spend_with_value,

    -- ratios
    case when dimension = '' then {{ ratio("net_revenue", "media_spend") }} end as mer,
    case when dimension = '' then {{ ratio("first_order_revenue", "media_spend") }} end as amer,
    case when dimension <> '' then {{ ratio("net_revenue", "media_spend") }} end as roas,
    {{ ratio("claimed_value", "spend_with_value") }} as roas_platform,
    case
        when grain not in ('day', 'week')
        then {{ ratio("cm2 - direct_marketing", "direct_marketing") }}
    end as romi_attributed
from sums
