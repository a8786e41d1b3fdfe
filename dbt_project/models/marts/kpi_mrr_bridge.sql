{% set kept = "('expansion', 'contraction', 'unchanged')" %}
with

    changes as (
        select changes.*, referrals.referral
        from {{ ref("int_mrr_changes") }} as changes
        left join
            {{ ref("int_customer_referrals") }} as referrals
            on changes.customer_id = referrals.customer_id
    ),
    spans as (select * from {{ ref("int_retention_spans") }} where has_subscriptions),

    -- Point to point: what became of those who were there at the start.
    points as (
        select
            span,
            grain,
            period,
            sum(start_mrr) as start_mrr,
            sum(end_mrr) as end_mrr,
            sum(case when start_mrr > 0 then kept_mrr else 0 end) as retained_mrr,
            sum(least(start_mrr, kept_mrr)) as gross_retained_mrr,
            sum(case when change = 'new' then end_mrr else 0 end) as new_mrr,
            sum(
                case when change = 'new' and referral = 'referred' then end_mrr else 0 end
            ) as earned_new_mrr,
            sum(
                case when change = 'new' and referral = '(unknown)' then end_mrr else 0 end
            ) as unknown_new_mrr,
            cast(sum(case when start_mrr > 0 then 1 else 0 end) as bigint) as start_customers,
            cast(sum(case when end_mrr > 0 then 1 else 0 end) as bigint) as end_customers,
            {{ changed("churn") }} as lost_customers
        from changes
        group by span, grain, period
    ),

    -- Month by month: a customer who left and came back within the period is in both items.
    months as (
        select
            period as month,
            {%- for change in mrr_changes() %}
                sum(
                    case when change = '{{ change }}' then kept_mrr - start_mrr else 0 end
                ) as {{ change }}_mrr,
                {{ changed(change) }} as {{ change }}_customers,
            {%- endfor %}
            sum(end_mrr - kept_mrr) as fx_change
        from changes
        where span = 'period' and grain = 'month'
        group by period
    ),

    items as (
        select
            spans.grain,
            spans.period,
            {%- for change in mrr_changes() %}
                sum({{ change }}_mrr) as {{ change }}_mrr,
                cast(sum({{ change }}_customers) as bigint) as {{ change }}_customers,
            {%- endfor %}
            sum(fx_change) as fx_change
        from spans
        inner join months on {{ month_of("spans", "months.month") }}
        group by spans.grain, spans.period
    )

select
    -- period
    spans.grain,
    spans.period,
    '' as dimension,
    '' as member,
    spans.is_complete,
    {{ as_of_date() }} as as_of,

    -- from month to month
    {{ money("coalesce(points.start_mrr, 0)") }} as start_mrr,
    {{ money("coalesce(items.opening_mrr, 0)") }} as opening_mrr,
    {{ money("coalesce(items.new_mrr, 0)") }} as new_mrr,
    {{ money("coalesce(items.expansion_mrr, 0)") }} as expansion_mrr,
    {{ money("coalesce(items.reactivation_mrr, 0)") }} as reactivation_mrr,
    {{ money("coalesce(-items.contraction_mrr, 0)") }} as contraction_mrr,
    {{ money("coalesce(-items.churn_mrr, 0)") }} as churned_mrr,
    {{ money("coalesce(items.fx_change, 0)") }} as fx_change,
    {{ money("coalesce(points.end_mrr, 0)") }} as end_mrr,
    coalesce(points.start_customers, 0) as start_customers,
    coalesce(items.opening_customers, 0) as opening_customers,
    coalesce(items.new_customers, 0) as new_customers,
    coalesce(items.reactivation_customers, 0) as reactivated_customers,
    coalesce(items.churn_customers, 0) as churned_customers,
    coalesce(points.end_customers, 0) as end_customers,

    -- from the start of the period to its end
    {{ money("coalesce(points.retained_mrr, 0)") }} as retained_mrr,
    {{ money("coalesce(points.gross_retained_mrr, 0)") }} as gross_retained_mrr,
    {{ money("coalesce(points.earned_new_mrr, 0)") }} as earned_new_mrr,
    {{ money("coalesce(points.unknown_new_mrr, 0)") }} as unknown_new_mrr,
    coalesce(points.lost_customers, 0) as lost_customers,
    {{ ratio("points.retained_mrr", "points.start_mrr") }} as nrr,
    {{ ratio("points.gross_retained_mrr", "points.start_mrr") }} as grr,
    {{ ratio("points.retained_mrr + points.earned_new_mrr - points.start_mrr", "points.start_mrr") }}
    as earned_growth,
    {{ ratio("points.lost_customers", "points.start_customers") }} as customer_churn,

    -- the twelve months until the end of a month
    {{ money("years.start_mrr") }} as start_mrr_12m,
    {{ money("years.retained_mrr") }} as retained_mrr_12m,
    {{ money("years.gross_retained_mrr") }} as gross_retained_mrr_12m,
    {{ money("years.earned_new_mrr") }} as earned_new_mrr_12m,
    years.start_customers as start_customers_12m,
    years.lost_customers as lost_customers_12m,
    {{ ratio("years.retained_mrr", "years.start_mrr") }} as nrr_12m,
    {{ ratio("years.gross_retained_mrr", "years.start_mrr") }} as grr_12m,
    {{ ratio("years.retained_mrr + years.earned_new_mrr - years.start_mrr", "years.start_mrr") }}
    as earned_growth_12m,
    {{ ratio("years.lost_customers", "years.start_customers") }} as customer_churn_12m
from spans
left join
    points
    on spans.span = points.span
    and spans.grain = points.grain
    and spans.period is not distinct from points.period
left join items on spans.grain = items.grain and spans.period is not distinct from items.period
left join
    points as years
    on years.span = '12m'
    and spans.grain = years.grain
    and spans.period = years.period
where spans.span = 'period'
