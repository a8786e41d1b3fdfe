{% set window_seconds = var("funnel")["conversion_window_days"] * 86400 %}
with

    counted as (
        select
            case basis when 'strict' then 'strict' else 'cohort_' || basis end as variant,
            stage_pair,
            rule,
            cohort_date,
            {{ funnel_attributes() | join(", ") }},
            count(*) as cohort_size,
            cast(
                sum(
                    case
                        when
                            {{ seconds_between("entered_at", "converted_at") }}
                            <= {{ window_seconds }}
                        then 1
                        else 0
                    end
                ) as bigint
            ) as converted
        from {{ ref("int_journeys") }}
        group by basis, stage_pair, rule, cohort_date, {{ funnel_attributes() | join(", ") }}
    )

select
    counted.variant,
    counted.stage_pair,
    counted.channel,
    counted.source_group,
    counted.segment,
    counted.owner,
    {{ rule_version("counted.rule", "versions") }} as rule_version,
    counted.cohort_date,
    counted.cohort_size,
    counted.converted
from counted
left join
    {{ ref("int_rule_versions") }} as versions
    on {{ in_force("versions", "counted.rule", "counted.cohort_date") }}
