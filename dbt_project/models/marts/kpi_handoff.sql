with

    counts as (select * from {{ ref("int_handoff_counts") }}),
    quantiles as (select * from {{ ref("int_response_quantiles") }})

select
    -- period and cut
    counts.grain,
    counts.period,
    counts.dimension,
    counts.member,
    counts.is_complete,
    counts.is_disposition_mature,
    {{ as_of_date() }} as as_of,

    -- speed-to-lead
    counts.leads,
    counts.answered_leads,
    counts.pre_contacted_leads,
    quantiles.elapsed_median as elapsed_median_minutes,
    quantiles.elapsed_p90 as elapsed_p90_minutes,
    quantiles.business_median as business_median_minutes,
    quantiles.business_p90 as business_p90_minutes,

    -- SLA
    counts.sla_cycles,
    counts.sla_met,
    counts.sla_breached,
    counts.sla_pending,
    counts.sla_pre_contacted,
    {{ ratio("counts.sla_met", "counts.sla_met + counts.sla_breached") }} as sla_attainment_rate,

    -- dispositions of all cycles
    counts.cycles,
    counts.accepted,
    counts.rejected,
    counts.rejected_with_reason,
    counts.recycled,
    counts.pending,

    -- dispositions of the cycles that are old enough
    counts.ripe_cycles,
    counts.ripe_accepted,
    counts.ripe_rejected,
    counts.ripe_rejected_with_reason,
    counts.ripe_recycled,
    counts.ripe_pending,
    {{ ratio("counts.ripe_accepted", "counts.ripe_cycles") }} as acceptance_rate,
    {{ ratio("counts.ripe_rejected", "counts.ripe_cycles") }} as rejection_rate,
    {{ ratio("counts.ripe_recycled", "counts.ripe_cycles") }} as recycle_rate
from counts
left join
    quantiles
    on counts.grain = quantiles.grain
    and counts.period is not distinct from quantiles.period
    and counts.dimension = quantiles.dimension
    and counts.member = quantiles.member
