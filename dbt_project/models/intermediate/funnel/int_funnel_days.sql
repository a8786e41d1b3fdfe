with

    facts as (
        select
            stage as measure,
            stage as rule,
            reached_date as fact_date,
            {{ funnel_attributes() | join(", ") }}
        from {{ ref("int_person_stages") }}
        union all
        select 'mql_cycles', 'mql', opened_date, {{ funnel_attributes() | join(", ") }}
        from {{ ref("int_mql_cycles") }}
        union all
        select 're_mqls', 'mql', opened_date, {{ funnel_attributes() | join(", ") }}
        from {{ ref("int_mql_cycles") }}
        where cycle_no > 1
        union all
        select 'opportunities', 'opportunity', created_date, {{ funnel_attributes() | join(", ") }}
        from {{ ref("int_opportunities") }}
        where opportunity_type = 'new'
        union all
        select 'won_deals', 'won', closed_date, {{ funnel_attributes() | join(", ") }}
        from {{ ref("int_opportunities") }}
        where opportunity_type = 'new' and status = 'won'
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
    counted.channel,
    counted.source_group,
    counted.segment,
    counted.owner,
    {{ rule_version("counted.rule", "versions") }} as rule_version,
    counted.entities
from counted
left join
    {{ ref("int_rule_versions") }} as versions
    on {{ in_force("versions", "counted.rule", "counted.fact_date") }}
