select
    spans.grain,
    spans.period,
    cast(sum(margins.net_revenue_with_cost) as decimal(20, 6)) as net_revenue_with_cost,
    cast(sum(margins.cm2) as decimal(20, 6)) as cm2
from {{ ref("int_retention_spans") }} as spans
inner join
    {{ ref("int_cohort_margins") }} as margins
    on margins.order_month > {{ months_later("spans.end_month", "0 - 12") }}
    and margins.order_month <= spans.end_month
where spans.span = 'period' and margins.is_subscriber
group by spans.grain, spans.period
