{% set window_seconds = var("funnel")["conversion_window_days"] * 86400 %}
with

    stages as (select * from {{ ref("int_person_stages") }}),
    pairs as (select * from {{ ref("int_stage_pairs") }}),

    journeys as (
        select
            'cohort_person' as variant,
            pairs.stage_pair,
            pairs.from_stage as rule,
            {{ prefixed("earlier", funnel_attributes()) }},
            earlier.reached_date as cohort_date,
            earlier.reached_at as entered_at,
            later.reached_at as converted_at
        from pairs
        inner join stages as earlier on pairs.from_stage = earlier.stage
        left join
            stages as later on pairs.to_stage = later.stage and earlier.person_id = later.person_id
        union all
        select
            'strict',
            pairs.stage_pair,
            pairs.from_stage,
            {{ prefixed("earlier", funnel_attributes()) }},
            earlier.strict_date,
            earlier.strict_at,
            later.strict_at
        from pairs
        inner join
            stages as earlier on pairs.from_stage = earlier.stage and earlier.strict_at is not null
        left join
            stages as later on pairs.to_stage = later.stage and earlier.person_id = later.person_id
        union all
        select
            'cohort_cycle',
            'mql>sql',
            'mql',
            {{ funnel_attributes() | join(", ") }},
            opened_date,
            opened_at,
            sql_at
        from {{ ref("int_mql_cycles") }}
    ),

    counted as (

        select
            variant,
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
        from journeys
        group by variant, stage_pair, rule, cohort_date, {{ funnel_attributes() | join(", ") }}
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
