with

    persons as (select * from {{ ref("int_funnel_persons") }} where exclusion_reason is null),
    stages as (select * from {{ ref("int_stages") }} where stage_no is not null),

    entries as (
        select
            person_id,
            stage,
            min(entered_at) as first_entry_at,
            min(event_no) as first_event_no,
            min_by(coalesce(owner, '(none)'), event_no) as first_owner,
            min(
                case when evidence in ('timestamp', 'history') then entered_at end
            ) as first_stamp_at
        from {{ ref("int_stage_events") }}
        group by person_id, stage
    ),

    steps as (
        select
            persons.person_id,
            persons.channel,
            persons.source_group,
            persons.segment,
            stages.stage,
            stages.stage_no,
            entries.first_entry_at,
            entries.first_stamp_at,
            -- Whoever reached a later stage has passed this one.
            min(entries.first_entry_at) over (
                partition by persons.person_id
                order by stages.stage_no desc
                rows between unbounded preceding and current row
            ) as reached_at,
            min_by(entries.first_owner, entries.first_event_no) over (
                partition by persons.person_id
                order by stages.stage_no desc
                rows between unbounded preceding and current row
            ) as owner,
            lag(entries.first_stamp_at) over (
                partition by persons.person_id order by stages.stage_no
            ) as stamp_before
        from persons
        cross join stages
        left join entries on persons.person_id = entries.person_id and stages.stage = entries.stage
    ),

    ordered as (
        select
            steps.*,
            -- The strict funnel ends at the first stage without a stamp, or with one before its
            -- predecessor's.
            sum(
                case
                    when first_stamp_at is null
                    then 1
                    when stage_no > 1 and (stamp_before is null or first_stamp_at < stamp_before)
                    then 1
                    else 0
                end
            ) over (
                partition by person_id
                order by stage_no
                rows between unbounded preceding and current row
            ) as breaks
        from steps
    )

select
    person_id,
    channel,
    source_group,
    segment,
    owner,
    stage,
    stage_no,
    first_entry_at,
    reached_at,
    {{ local_date("reached_at") }} as reached_date,
    first_entry_at is null or first_entry_at > reached_at as is_inferred,
    case when breaks = 0 then first_stamp_at end as strict_at,
    case when breaks = 0 then {{ local_date("first_stamp_at") }} end as strict_date
from ordered
where reached_at is not null
