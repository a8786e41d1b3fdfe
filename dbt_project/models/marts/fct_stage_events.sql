{{ config(materialized="table" if target.type == "spark" else "view") }}
{% set order = var("funnel")["stage_order"] %}
with

    events as (
        select events.*, stages.stage, {{ local_date("events.entered_at") }} as entered_date
        from {{ ref("int_stage_events") }} as events
        inner join {{ ref("int_stages") }} as stages on events.event_order = stages.event_order
    ),
    persons as (
        select person_id from {{ ref("int_funnel_persons") }} where exclusion_reason is null
    ),

    judged as (
        select
            events.*,
            cycles.cycle_no,
            persons.person_id is not null
            and case
                when events.event_order < {{ stage_number("mql") }}
                -- Stages before MQL belong to no cycle: the first entry ever is the one that
                -- counts.
                then
                    events.entered_at > case
                        events.event_order
                        {% for stage in order %}
                            when {{ loop.index }} then steps.entered_{{ loop.index }}
                        {% endfor %}
                    end
                when cycles.cycle_no is not null
                then
                    coalesce(
                        case
                            events.event_order
                            {% for stage in order %}
                                when {{ loop.index }}
                                then events.event_no > cycles.first_{{ loop.index }}
                            {% endfor %}
                        end,
                        false
                    )
                -- A win opens a cycle, unless it repeats the one that another system told.
                else events.stage = 'won'
            end as is_repeat,
            persons.person_id is not null
            and (
                cycles.cycle_no is not null or events.event_order < {{ stage_number("mql") }}
            ) as has_place
        from events
        left join persons on events.person_id = persons.person_id
        left join
            {{ ref("int_mql_cycles") }} as cycles
            on events.person_id = cycles.person_id
            and events.closers_before = cycles.closers_before
            and events.event_order >= {{ stage_number("mql") }}
        left join
            {{ ref("int_person_steps") }} as steps
            on events.person_id = steps.person_id
            and events.event_order < {{ stage_number("mql") }}
    )

select
    -- keys
    cast(judged.person_id as string) || '-' || cast(judged.event_no as string) as stage_event_id,
    judged.person_id,

    -- dimensions
    judged.stage,
    judged.entered_date,
    tellings.evidence,
    tellings.source,
    coalesce(tellings.owner, '(none)') as owner,
    {{ rule_version("judged.stage", "versions") }} as rule_version,
    cast(judged.cycle_no as bigint) as cycle_no,
    judged.is_repeat,
    judged.has_place and not judged.is_repeat as is_counted,
    -- Reasons are people's own words, so only their presence is published; a status that says no
    -- more than the stage does is none.
    {{ is_closer("judged.event_order") }}
    and coalesce(lower(trim(tellings.reason)) not in ('', judged.stage), false) as has_reason
from judged
inner join {{ ref("int_tellings") }} as tellings on judged.telling_no = tellings.telling_no
left join
    {{ ref("int_rule_versions") }} as versions
    on {{ in_force("versions", "judged.stage", "judged.entered_date") }}
