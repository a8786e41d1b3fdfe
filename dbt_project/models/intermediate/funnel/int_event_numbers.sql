with

    dated_stages as (
        select * from {{ ref("int_dated_stages") }} where entered_at < {{ as_of_end() }}
    ),

    -- Keys of whoever counts; a record that is left out tells nothing of its person.
    keys as (
        select record_no as key_no, person_id
        from {{ ref("int_person_records") }}
        where exclusion_reason is null
        union all
        select keys.key_no, keys.person_id
        from {{ ref("int_person_keys") }} as keys
        inner join {{ ref("int_persons") }} as persons on keys.person_id = persons.person_id
        left join {{ ref("int_person_records") }} as records on keys.key_no = records.record_no
        where not persons.is_excluded and records.record_no is null
    ),

    numbered as (
        select
            keys.person_id,
            {{ event_number("dated_stages.entered_at", "stages.event_order") }} as event_no,
            tellings.telling_no
        from dated_stages
        inner join keys on dated_stages.key_no = keys.key_no
        inner join {{ ref("int_stages") }} as stages on dated_stages.stage = stages.stage
        inner join
            {{ ref("int_tellings") }} as tellings
            on dated_stages.evidence = tellings.evidence
            and dated_stages.source = tellings.source
            and dated_stages.reason is not distinct from tellings.reason
            and dated_stages.owner is not distinct from tellings.told_owner
    ),

    -- The one sort of all events; only numbers go through it.
    ordered as (
        select
            numbered.*,
            lag(event_no) over (
                partition by person_id order by event_no, telling_no
            ) as event_before,
            {{
                last_known(
                    "case when " ~ is_closer(order_of_event("event_no")) ~ " then event_no end",
                    "partition by person_id order by event_no, telling_no",
                )
            }} as closer_before
        from numbered
    )

-- Equal events count once.
select person_id, event_no, telling_no, coalesce(closer_before, 0) as closer_before
from ordered
where event_before is null or event_before <> event_no
