with

    lines as (
        select
            customer_id,
            currency,
            month,
            cast(sum(mrr) as decimal(20, 6)) as mrr,
            max(fx_rate) as fx_rate
        from {{ ref("int_subscription_mrr") }}
        where mrr > 0
        group by customer_id, currency, month
    ),

    first_months as (select customer_id, min(month) as first_month from lines group by customer_id),

    spans as (select * from {{ ref("int_retention_spans") }} where has_subscriptions),

    sides as (
        select
            spans.span,
            spans.grain,
            spans.period,
            lines.customer_id,
            lines.currency,
            lines.mrr as start_mrr,
            lines.fx_rate as start_rate,
            cast(null as decimal(20, 6)) as end_mrr,
            cast(null as decimal(17, 10)) as end_rate
        from lines
        inner join spans on lines.month = spans.start_month
        union all
        select
            spans.span,
            spans.grain,
            spans.period,
            lines.customer_id,
            lines.currency,
            cast(null as decimal(20, 6)),
            cast(null as decimal(17, 10)),
            lines.mrr,
            lines.fx_rate
        from lines
        inner join spans on lines.month = spans.end_month
    ),

    currencies as (
        select
            span,
            grain,
            period,
            customer_id,
            currency,
            max(start_mrr) as start_mrr,
            max(start_rate) as start_rate,
            max(end_mrr) as end_mrr,
            max(end_rate) as end_rate
        from sides
        group by span, grain, period, customer_id, currency
    ),

    -- What is left is worth what the rate of the start makes of it; a currency that is new to the
    -- customer has no other rate than that of the end.
    valued as (
        select
            span,
            grain,
            period,
            customer_id,
            coalesce(sum({{ converted("start_mrr", "start_rate") }}), 0) as start_mrr,
            coalesce(
                sum({{ converted("end_mrr", "coalesce(start_rate, end_rate)") }}), 0
            ) as kept_mrr,
            coalesce(sum({{ converted("end_mrr", "end_rate") }}), 0) as end_mrr
        from currencies
        group by span, grain, period, customer_id
    )

select
    valued.span,
    valued.grain,
    valued.period,
    valued.customer_id,
    case
        when valued.start_mrr > 0 and valued.kept_mrr = 0
        then 'churn'
        when valued.start_mrr > 0 and valued.kept_mrr > valued.start_mrr
        then 'expansion'
        when valued.start_mrr > 0 and valued.kept_mrr < valued.start_mrr
        then 'contraction'
        when valued.start_mrr > 0
        then 'unchanged'
        when first_months.first_month <= spans.start_month
        then 'reactivation'
        -- Nobody knows whether who is there when the table begins has been there before.
        when first_months.first_month = spans.first_subscription_month
        then 'opening'
        else 'new'
    end as change,
    valued.start_mrr,
    valued.kept_mrr,
    valued.end_mrr
from valued
inner join
    spans
    on valued.span = spans.span
    and valued.grain = spans.grain
    and valued.period is not distinct from spans.period
inner join first_months on valued.customer_id = first_months.customer_id
