with

    states as (select * from {{ ref("int_person_states") }}),
    marks as (
        select record_no, min(effective_date) as marked_on
        from {{ ref("int_person_changes") }}
        where token_no is null
        group by record_no
    ),
    merges as (
        select gone_no, min(effective_date) as gone_on
        from {{ ref("int_person_changes") }}
        where gone_no is not null
        group by gone_no
    ),
    records as (
        select
            records.record_no,
            records.exclusion_reason,
            marks.marked_on,
            coalesce(
                merges.gone_on, case when records.is_merged_away then date '1900-01-01' end
            ) as gone_on
        from {{ ref("int_person_records") }} as records
        left join marks on records.record_no = marks.record_no
        left join merges on records.record_no = merges.gone_no
    ),

    -- A mark takes the whole person out; on a record that was merged away it speaks for that alone.
    marked as (
        select distinct states.known_from, states.state_person
        from states
        inner join records on states.record_no = records.record_no
        where
            records.marked_on <= states.known_from
            and (records.gone_on is null or records.gone_on > states.known_from)
    ),
    keys as (
        select distinct states.person_id, states.known_from, states.state_person, states.token_no
        from states
        left join
            marked
            on states.known_from = marked.known_from
            and states.state_person = marked.state_person
        left join records on states.token_no = records.record_no
        where
            marked.state_person is null
            and coalesce(records.exclusion_reason, '') <> 'not_yet_created'
            and (records.marked_on is null or records.marked_on > states.known_from)
    ),

    -- The same reached dates as int_person_stages has, of fewer or more persons.
    reached as (
        select
            keys.person_id,
            keys.known_from,
            keys.state_person,
            stages.stage,
            min(entries.entered_at) as reached_at
        from {{ ref("int_dated_stages") }} as entries
        inner join keys on entries.key_no = keys.token_no
        inner join {{ ref("int_stages") }} as entered on entries.stage = entered.stage
        inner join {{ ref("int_stages") }} as stages on entered.stage_no >= stages.stage_no
        where entries.entered_at < {{ as_of_end() }}
        group by keys.person_id, keys.known_from, keys.state_person, stages.stage
    ),
    -- Whoever asked as a customer is no lead today, and is taken as none before.
    months as (
        select
            reached.person_id,
            reached.known_from,
            reached.stage,
            {{ period_start("month", local_date("reached.reached_at")) }} as month
        from reached
        inner join
            {{ ref("int_funnel_persons") }} as persons on reached.person_id = persons.person_id
        where coalesce(persons.exclusion_reason, '') <> 'existing_customer'
    )

select person_id, known_from, stage, month, count(*) as persons
from months
group by person_id, known_from, stage, month
