{{ config(meta={
    "identity": "F5",
    "owner": "sales",
    "remedy": "Accepted, rejected, recycled and pending cycles are not the cycles that started in the period shown. "
        ~ "Compare int_cycle_dispositions with int_mql_cycles: a cycle has no disposition, two, or one of another name."
}) }}

-- The versions of the SAL rule are not those of the MQL rule; every other cut is the funnel's.
select
    funnel.grain,
    funnel.period,
    funnel.dimension,
    funnel.member,
    funnel.mql_cycles,
    handoff.accepted,
    handoff.rejected,
    handoff.recycled,
    handoff.pending
from {{ ref("kpi_funnel") }} as funnel
left join
    {{ ref("kpi_handoff") }} as handoff
    on funnel.grain = handoff.grain
    and funnel.period is not distinct from handoff.period
    and funnel.dimension = handoff.dimension
    and funnel.member = handoff.member
where
    funnel.dimension <> 'rule_version'
    and funnel.mql_cycles
    <> coalesce(handoff.accepted + handoff.rejected + handoff.recycled + handoff.pending, 0)
