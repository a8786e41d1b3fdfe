with

    periods as (
        select grain, period, is_complete, min(period_day) as first_day, max(period_day) as last_day
        from {{ ref("int_periods") }}
        where grain not in ('day', 'week')
        group by grain, period, is_complete
    ),

    subscriptions as (
        select min(month) as first_month, max(month) as last_month
        from {{ ref("int_subscription_mrr") }}
    ),

    spans as (
        select
            'period' as span,
            grain,
            period,
            is_complete,
            {{ months_later(period_start("month", "coalesce(period, first_day)"), "0 - 1") }}
            as start_month,
            {{ period_start("month", "last_day") }} as end_month
        from periods
        union all
        select '12m', grain, period, is_complete, {{ months_later("period", "0 - 12") }}, period
        from periods
        where grain = 'month'
    )

select
    spans.*,
    spans.end_month >= subscriptions.first_month
    and spans.end_month <= subscriptions.last_month
    and (
        spans.span = 'period' or spans.start_month >= subscriptions.first_month
    ) as has_subscriptions,
    subscriptions.first_month as first_subscription_month
from spans
cross join subscriptions
