{{ config(meta={
    "identity": "F5",
    "owner": "sales",
    "remedy": "Met, breached, pending and pre-contacted cycles are not the cycles under the SLA in the period shown, or "
        ~ "those are not all MQL cycles although some system tells of answers. Look at int_sla_cycles."
}) }}

with recorded as (select count(*) > 0 as is_measured from {{ ref("int_responses") }})

select
    funnel.grain,
    funnel.period,
    funnel.dimension,
    funnel.member,
    funnel.mql_cycles,
    handoff.sla_cycles,
    handoff.sla_met,
    handoff.sla_breached,
    handoff.sla_pending,
    handoff.sla_pre_contacted
from {{ ref("kpi_funnel") }} as funnel
cross join recorded
left join
    {{ ref("kpi_handoff") }} as handoff
    on funnel.grain = handoff.grain
    and funnel.period is not distinct from handoff.period
    and funnel.dimension = handoff.dimension
    and funnel.member = handoff.member
where
    funnel.dimension <> 'rule_version'
    and (
        case when recorded.is_measured then funnel.mql_cycles else 0 end
        <> coalesce(handoff.sla_cycles, 0)
        or handoff.sla_cycles
        <> handoff.sla_met + handoff.sla_breached + handoff.sla_pending + handoff.sla_pre_contacted
    )
