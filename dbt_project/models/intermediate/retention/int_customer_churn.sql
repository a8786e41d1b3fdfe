with

    active as (select * from {{ ref("int_active_customer_months") }}),
    spans as (select * from {{ ref("int_retention_spans") }}),

    months as (select month, count(*) as customers from active group by month),

    -- Point to point: who lapsed and came back within the span is not lost.
    kept as (
        select spans.span, spans.grain, spans.period, count(*) as customers
        from spans
        inner join active as starts on spans.start_month = starts.month
        inner join
            active as ends on starts.customer_id = ends.customer_id and spans.end_month = ends.month
        group by spans.span, spans.grain, spans.period
    )

select
    spans.span,
    spans.grain,
    spans.period,
    coalesce(starts.customers, 0) as active_start,
    coalesce(ends.customers, 0) as active_end,
    coalesce(starts.customers, 0) - coalesce(kept.customers, 0) as lapsed
from spans
left join months as starts on spans.start_month = starts.month
left join months as ends on spans.end_month = ends.month
left join
    kept
    on spans.span = kept.span
    and spans.grain = kept.grain
    and spans.period is not distinct from kept.period
