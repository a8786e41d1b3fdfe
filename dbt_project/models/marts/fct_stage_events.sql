{{ config(materialized="table" if target.type == "spark" else "view") }}
with

    events as (
        select
            events.*,
            stages.stage,
            {{ local_date("events.entered_at") }} as entered_date,
            events.event_order >= {{ stage_number("mql") }} as is_of_cycle
        from {{ ref("int_stage_events") }} as events
        inner join {{ ref("int_stages") }} as stages on events.event_order = stages.event_order
    ),
    persons as (
        select person_id from {{ ref("int_funnel_persons") }} where exclusion_reason is null
    ),

    placed as (
        select
            events.*,
            cycles.cycle_no,
            persons.person_id is not null as is_person,
            -- Stages before MQL belong to no cycle: the first entry ever is the one that counts.
            row_number() over (
                partition by
                    events.person_id,
                    case when events.is_of_cycle then events.closer_before end,
                    events.event_order
                order by events.event_no
            ) as entry_no
        from events
        left join persons on events.person_id = persons.person_id
        left join
            {{ ref("int_mql_cycles") }} as cycles
            on events.person_id = cycles.person_id
            and events.closer_before = cycles.closer_before
            and events.is_of_cycle
    ),

    judged as (
        select
            placed.*,
            is_person
            and case
                when is_of_cycle and cycle_no is null
                -- A win opens a cycle, unless it repeats the one that another system told.
                then stage = 'won'
                else entry_no > 1
            end as is_repeat,
            is_person and (cycle_no is not null or not is_of_cycle) as has_place
        from placed
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
