with

    counts as (select * from {{ ref("int_handoff_counts") }}),
    quantiles as (select * from {{ ref("int_response_quantiles") }}),
    periods as (
        select distinct grain, period, period_last_day, is_complete from {{ ref("int_periods") }}
    ),

    cuts as (
        select grain, period, dimension, member
        from counts
        union
        select grain, period, dimension, member
        from quantiles
    )

select
    -- period and cut
    cuts.grain,
    cuts.period,
    cuts.dimension,
    cuts.member,
    periods.is_complete,
    {{ is_past_disposition("periods.period_last_day") }} as is_disposition_mature,
    {{ as_of_date() }} as as_of,

    -- speed-to-lead
    coalesce(quantiles.leads, 0) as leads,
    coalesce(quantiles.answered, 0) as answered_leads,
    coalesce(counts.pre_contacted_leads, 0) as pre_contacted_leads,
    quantiles.elapsed_median as elapsed_median_minutes,
    quantiles.elapsed_p90 as elapsed_p90_minutes,
    quantiles.business_median as business_median_minutes,
    quantiles.business_p90 as business_p90_minutes,

    -- SLA
    coalesce(counts.sla_cycles, 0) as sla_cycles,
    coalesce(counts.sla_met, 0) as sla_met,
    coalesce(counts.sla_breached, 0) as sla_breached,
    coalesce(counts.sla_pending, 0) as sla_pending,
    coalesce(counts.sla_pre_contacted, 0) as sla_pre_contacted,
    {{ ratio("counts.sla_met", "counts.sla_met + counts.sla_breached") }} as sla_attainment_rate,

    -- dispositions of all cycles
    coalesce(counts.cycles, 0) as cycles,
    coalesce(counts.accepted, 0) as accepted,
    coalesce(counts.rejected, 0) as rejected,
    coalesce(counts.rejected_with_reason, 0) as rejected_with_reason,
    coalesce(counts.recycled, 0) as recycled,
    coalesce(counts.pending, 0) as pending,

    -- dispositions of the cycles that are old enough
    coalesce(counts.ripe_cycles, 0) as ripe_cycles,
    coalesce(counts.ripe_accepted, 0) as ripe_accepted,
    coalesce(counts.ripe_rejected, 0) as ripe_rejected,
    coalesce(counts.ripe_rejected_with_reason, 0) as ripe_rejected_with_reason,
    coalesce(counts.ripe_recycled, 0) as ripe_recycled,
    coalesce(counts.ripe_pending, 0) as ripe_pending,
    {{ ratio("counts.ripe_accepted", "counts.ripe_cycles") }} as acceptance_rate,
    {{ ratio("counts.ripe_rejected", "counts.ripe_cycles") }} as rejection_rate,
    {{ ratio("counts.ripe_recycled", "counts.ripe_cycles") }} as recycle_rate
from cuts
inner join periods on cuts.grain = periods.grain and cuts.period is not distinct from periods.period
left join
    counts
    on cuts.grain = counts.grain
    and cuts.period is not distinct from counts.period
    and cuts.dimension = counts.dimension
    and cuts.member = counts.member
left join
    quantiles
    on cuts.grain = quantiles.grain
    and cuts.period is not distinct from quantiles.period
    and cuts.dimension = quantiles.dimension
    and cuts.member = quantiles.member
