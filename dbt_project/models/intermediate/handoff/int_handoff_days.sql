with

    sla as (select * from {{ ref("int_sla_cycles") }}),
    dispositions as (select * from {{ ref("int_cycle_dispositions") }}),

    -- The clocks of speed-to-lead: every lead, and whoever is handed over again.
    leads as (select * from {{ ref("int_response_clocks") }} where clock = 'lead' or cycle_no > 1),

    facts as (
        select
            'sla_cycles' as measure,
            'sla' as rule,
            started_date as fact_date,
            {{ funnel_attributes() | join(", ") }}
        from sla
        union all
        select 'sla_' || sla_status, 'sla', started_date, {{ funnel_attributes() | join(", ") }}
        from sla
        union all
        select 'cycles', 'sal', opened_date, {{ funnel_attributes() | join(", ") }}
        from dispositions
        union all
        select disposition, 'sal', opened_date, {{ funnel_attributes() | join(", ") }}
        from dispositions
        union all
        select 'rejected_with_reason', 'sal', opened_date, {{ funnel_attributes() | join(", ") }}
        from dispositions
        where disposition = 'rejected' and disposition_reason is not null
        union all
        select
            case when is_pre_contacted then 'pre_contacted_leads' else 'leads' end,
            'sla',
            started_date,
            {{ funnel_attributes() | join(", ") }}
        from leads
        union all
        select 'answered_leads', 'sla', started_date, {{ funnel_attributes() | join(", ") }}
        from leads
        where is_answered and not is_pre_contacted
    ),

    counted as (
        select
            measure, rule, fact_date, {{ funnel_attributes() | join(", ") }}, count(*) as entities
        from facts
        group by measure, rule, fact_date, {{ funnel_attributes() | join(", ") }}
    )

select
    counted.measure,
    counted.fact_date,
    {{ prefixed("counted", funnel_attributes()) }},
    {{ rule_version("counted.rule", "versions") }} as rule_version,
    counted.entities,
    -- Whoever is older than the time that sales has to decide.
    case
        when {{ is_past_disposition("counted.fact_date") }} then counted.entities else 0
    end as ripe_entities
from counted
left join
    {{ ref("int_rule_versions") }} as versions
    on {{ in_force("versions", "counted.rule", "counted.fact_date") }}
