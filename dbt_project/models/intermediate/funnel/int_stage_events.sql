with

    dated_stages as (select * from {{ ref("int_dated_stages") }}),
    person_keys as (select * from {{ ref("int_person_keys") }}),
    persons as (select * from {{ ref("int_persons") }}),
    records as (select * from {{ ref("int_person_records") }}),
    stages as (select * from {{ ref("int_stages") }}),

    of_persons as (
        select
            person_keys.person_id,
            stages.stage,
            stages.stage_no,
            stages.is_closer,
            stages.event_order,
            dated_stages.entered_at,
            dated_stages.evidence,
            dated_stages.source,
            dated_stages.reason,
            coalesce(owners.owner, dated_stages.owner) as owner,
            -- Equal events count once; the one with a stamp of its own stays.
            row_number() over (
                partition by person_keys.person_id, stages.stage, dated_stages.entered_at
                order by
                    case
                        dated_stages.evidence
                        when 'timestamp'
                        then 1
                        when 'history'
                        then 2
                        when 'snapshot'
                        then 3
                        else 4
                    end,
                    dated_stages.source,
                    dated_stages.reason nulls last,
                    dated_stages.owner nulls last
            ) as copy_no
        from dated_stages
        inner join stages on dated_stages.stage = stages.stage
        inner join person_keys on dated_stages.key = person_keys.key
        inner join persons on person_keys.person_id = persons.person_id
        left join records on dated_stages.key = records.record_key
        left join {{ ref("int_owners") }} as owners on dated_stages.owner = owners.alias
        where
            not persons.is_excluded
            and records.exclusion_reason is null
            and {{ local_date("dated_stages.entered_at") }} <= {{ as_of_date() }}
    )

select
    person_id,
    row_number() over (partition by person_id order by entered_at, event_order) as event_no,
    stage,
    stage_no,
    is_closer,
    event_order,
    entered_at,
    {{ local_date("entered_at") }} as entered_date,
    evidence,
    source,
    reason,
    owner
from of_persons
where copy_no = 1
