{% set order = var("funnel")["stage_order"] %}
with

    events as (select * from {{ ref("int_stage_events") }}),
    persons as (
        select person_id from {{ ref("int_funnel_persons") }} where exclusion_reason is null
    ),
    cycle_events as (select person_id, event_no, closers_before from {{ ref("int_cycle_events") }}),
    cycles as (select * from {{ ref("int_mql_cycles") }}),

    -- Stages before MQL belong to no cycle: the first entry ever is the one that counts.
    mql as (select max(stage_no) as mql_no from {{ ref("int_stages") }} where stage = 'mql'),
    first_entries as (
        select stages.person_id, stages.stage, stages.first_entry_at
        from {{ ref("int_person_stages") }} as stages
        cross join mql
        where stages.stage_no < mql.mql_no
    ),

    judged as (
        select
            events.*,
            cycles.cycle_no,
            persons.person_id is not null
            and case
                when cycle_events.person_id is not null
                then
                    coalesce(
                        case
                            events.stage
                            {% for stage in order %}
                                when '{{ stage }}'
                                then events.event_no > cycles.first_{{ loop.index }}
                            {% endfor %}
                        end,
                        false
                    )
                when first_entries.person_id is not null
                then events.entered_at > first_entries.first_entry_at
                -- What is no event of a cycle repeats the win that another system told.
                else true
            end as is_repeat,
            cycles.cycle_no is not null or first_entries.person_id is not null as has_place
        from events
        left join persons on events.person_id = persons.person_id
        left join
            cycle_events
            on events.person_id = cycle_events.person_id
            and events.event_no = cycle_events.event_no
        left join
            cycles
            on cycle_events.person_id = cycles.person_id
            and cycle_events.closers_before = cycles.closers_before
        left join
            first_entries
            on events.person_id = first_entries.person_id
            and events.stage = first_entries.stage
    )

select
    -- keys
    judged.person_id || '-' || cast(judged.event_no as string) as stage_event_id,
    judged.person_id,

    -- dimensions
    judged.stage,
    judged.entered_date,
    judged.evidence,
    judged.source,
    coalesce(judged.owner, '(none)') as owner,
    {{ rule_version("judged.stage", "versions") }} as rule_version,
    cast(judged.cycle_no as bigint) as cycle_no,
    judged.is_repeat,
    judged.has_place and not judged.is_repeat as is_counted,
    -- Reasons are people's own words, so only their presence is published; a status that says no
    -- more than the stage does is none.
    judged.is_closer
    and coalesce(lower(trim(judged.reason)) not in ('', judged.stage), false) as has_reason
from judged
left join
    {{ ref("int_rule_versions") }} as versions
    on {{ in_force("versions", "judged.stage", "judged.entered_date") }}
