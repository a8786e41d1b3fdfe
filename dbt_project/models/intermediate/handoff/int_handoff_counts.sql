with

    handoff_days as (select * from {{ ref("int_handoff_days") }}),
    day_periods as (select * from {{ ref("int_periods") }}),
    periods as (select distinct grain, period, period_last_day, is_complete from day_periods),

    cut_days as (
        select
            measure,
            fact_date,
            dimension,
            member,
            sum(entities) as entities,
            sum(ripe_entities) as ripe_entities
        from
            {{ total_and_cuts(
                "handoff_days", funnel_cuts(), ["measure", "fact_date", "entities", "ripe_entities"]
            ) }} as cuts
        group by measure, fact_date, dimension, member
    ),

    counted as (
        -- A period without a hand-off is a zero, not a gap.
        select
            'cycles' as measure,
            grain,
            period,
            period_last_day,
            is_complete,
            '' as dimension,
            '' as member,
            0 as entities,
            0 as ripe_entities
        from periods
        union all
        select
            cut_days.measure,
            periods.grain,
            periods.period,
            periods.period_last_day,
            periods.is_complete,
            cut_days.dimension,
            cut_days.member,
            cut_days.entities,
            cut_days.ripe_entities
        from cut_days
        inner join day_periods as periods on cut_days.fact_date = periods.period_day
    )

select
    grain,
    period,
    dimension,
    member,
    is_complete,
    {{ is_past_disposition("period_last_day") }} as is_disposition_mature,
    {{ handoff_count("cycles") }} as cycles,
    {{ handoff_count("accepted") }} as accepted,
    {{ handoff_count("rejected") }} as rejected,
    {{ handoff_count("rejected_with_reason") }} as rejected_with_reason,
    {{ handoff_count("recycled") }} as recycled,
    {{ handoff_count("pending") }} as pending,
    {{ handoff_count("cycles", "ripe_entities") }} as ripe_cycles,
    {{ handoff_count("accepted", "ripe_entities") }} as ripe_accepted,
    {{ handoff_count("rejected", "ripe_entities") }} as ripe_rejected,
    {{ handoff_count("rejected_with_reason", "ripe_entities") }} as ripe_rejected_with_reason,
    {{ handoff_count("recycled", "ripe_entities") }} as ripe_recycled,
    {{ handoff_count("pending", "ripe_entities") }} as ripe_pending,
    {{ handoff_count("sla_cycles") }} as sla_cycles,
    {{ handoff_count("sla_met") }} as sla_met,
    {{ handoff_count("sla_breached") }} as sla_breached,
    {{ handoff_count("sla_pending") }} as sla_pending,
    {{ handoff_count("sla_pre_contacted") }} as sla_pre_contacted,
    {{ handoff_count("leads") }} as leads,
    {{ handoff_count("answered_leads") }} as answered_leads,
    {{ handoff_count("pre_contacted_leads") }} as pre_contacted_leads
from counted
group by grain, period, period_last_day, dimension, member, is_complete
