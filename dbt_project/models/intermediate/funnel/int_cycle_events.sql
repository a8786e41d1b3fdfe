with

    persons as (select * from {{ ref("int_funnel_persons") }} where exclusion_reason is null),
    mql as (select max(stage_no) as mql_no from {{ ref("int_stages") }} where stage = 'mql'),

    events as (
        select
            stage_events.*,
            persons.channel,
            persons.source_group,
            persons.segment,
            stage_events.stage_no >= mql.mql_no as is_opener,
            lag(stage_events.stage) over (
                partition by stage_events.person_id order by stage_events.event_no
            ) as stage_before
        from {{ ref("int_stage_events") }} as stage_events
        inner join persons on stage_events.person_id = persons.person_id
        cross join mql
        where stage_events.stage_no >= mql.mql_no or stage_events.is_closer
    )

-- Two systems may both tell of the win; nothing happened in between, so it is one.
select
    events.*,
    coalesce(
        sum(case when is_closer then 1 else 0 end) over (
            partition by person_id
            order by event_no
            rows between unbounded preceding and 1 preceding
        ),
        0
    ) as closers_before
from events
where not (stage = 'won' and coalesce(stage_before, '') = 'won')
