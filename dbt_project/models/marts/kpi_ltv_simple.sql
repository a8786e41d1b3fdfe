{% set least_customers = 30 %}
{% set years_at_most = 5 %}
with

    spans as (select * from {{ ref("int_retention_spans") }} where span = '12m'),

    margins as (
        select
            spans.period,
            sum(margins.orders) as orders,
            sum(margins.orders_with_cost) as orders_with_cost,
            sum(margins.cm2) as cm2
        from spans
        inner join
            {{ ref("int_cohort_margins") }} as margins
            on margins.order_month > spans.start_month
            and margins.order_month <= spans.end_month
        group by spans.period
    ),

    actives as (
        select spans.period, sum(churn.active_end) as active_months
        from spans
        inner join
            {{ ref("int_customer_churn") }} as churn
            on churn.span = 'period'
            and churn.grain = 'month'
            and churn.period > spans.start_month
            and churn.period <= spans.end_month
        group by spans.period
    ),

    subscriptions as (
        select
            spans.period,
            sum(bridge.end_mrr) as mrr,
            sum(bridge.end_customers) as end_customers,
            sum(bridge.lost_customers) as lost_customers,
            sum(bridge.start_customers) as start_customers
        from spans
        inner join
            {{ ref("kpi_mrr_bridge") }} as bridge
            on bridge.grain = 'month'
            and bridge.period > spans.start_month
            and bridge.period <= spans.end_month
        where spans.has_subscriptions
        group by spans.period
    ),

    -- Per customer and year: CM2 per order * orders per customer. Per customer and month: MRR per
    -- customer * CM2 rate of the subscribers' orders.
    terms as (
        select
            'orders' as basis,
            spans.period,
            spans.is_complete,
            coalesce(churn.active_start, 0) as customers,
            {{ ratio("churn.lapsed", "churn.active_start") }} as churn_rate,
            {{
                ratio(
                    "cast(margins.cm2 as double) * cast(margins.orders as double) * 12",
                    "cast(margins.orders_with_cost as double) * cast(actives.active_months as double)"
                )
            }}
            as margin_per_customer,
            {{ ratio(1, years_at_most) }} as least_churn
        from spans
        left join
            {{ ref("int_customer_churn") }} as churn
            on churn.span = '12m'
            and spans.period = churn.period
        left join margins on spans.period = margins.period
        left join actives on spans.period = actives.period
        union all
        select
            'subscriptions',
            spans.period,
            spans.is_complete,
            coalesce(bridge.start_customers_12m, 0),
            {{ ratio("subscriptions.lost_customers", "subscriptions.start_customers") }},
            {{
                ratio(
                    "cast(subscriptions.mrr as double) * cast(subscribers.cm2 as double)",
                    "cast(subscriptions.end_customers as double) * cast("
                    ~ positive("subscribers.net_revenue_with_cost") ~ " as double)"
                )
            }},
            {{ ratio(1, years_at_most * 12) }}
        from spans
        left join
            {{ ref("kpi_mrr_bridge") }} as bridge
            on bridge.grain = 'month'
            and spans.period = bridge.period
        left join subscriptions on spans.period = subscriptions.period
        left join
            {{ ref("int_subscriber_margins") }} as subscribers
            on subscribers.grain = 'month'
            and spans.period = subscribers.period
    ),

    judged as (
        select
            terms.*,
            case
                when
                    customers >= {{ least_customers }}
                    and churn_rate > 0
                    and margin_per_customer is not null
                then greatest(churn_rate, least_churn)
            end as counted_churn
        from terms
    )

select
    -- period and basis
    'month' as grain,
    period,
    '' as dimension,
    '' as member,
    basis,
    is_complete,
    {{ as_of_date() }} as as_of,

    -- measures
    cast(customers as bigint) as customers,
    margin_per_customer,
    churn_rate,
    counted_churn,
    coalesce(churn_rate < counted_churn, false) as is_capped,

    -- ratio
    {{ ratio("margin_per_customer", "counted_churn") }} as ltv_simple
from judged
