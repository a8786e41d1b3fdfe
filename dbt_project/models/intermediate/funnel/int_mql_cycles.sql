{% set order = var("funnel")["stage_order"] %}
with

    sql_stage as (select max(stage_no) as sql_no from {{ ref("int_stages") }} where stage = 'sql'),

    cycles as (
        select
            events.person_id,
            events.channel,
            events.source_group,
            events.segment,
            events.closers_before,
            min_by(
                coalesce(events.owner, '(none)'), case when events.is_opener then event_no end
            ) as owner,
            {% for stage in order %}
                min(
                    case when events.stage = '{{ stage }}' then events.event_no end
                ) as first_{{ loop.index }},
            {% endfor %}
            min(case when events.is_opener then events.entered_at end) as opened_at,
            min(case when events.stage = 'mql' then events.entered_at end) as mql_at,
            min(case when events.is_closer then events.entered_at end) as closed_at,
            min(case when events.is_closer then events.stage end) as closer,
            min(case when events.stage_no >= sql_stage.sql_no then events.entered_at end) as sql_at,
            sum(case when events.stage = 'mql' then 1 else 0 end) as mql_stamps
        from {{ ref("int_cycle_events") }} as events
        cross join sql_stage
        group by
            events.person_id,
            events.channel,
            events.source_group,
            events.segment,
            events.closers_before
    )

select
    person_id,
    channel,
    source_group,
    segment,
    owner,
    row_number() over (partition by person_id order by closers_before) as cycle_no,
    closers_before,
    {% for stage in order %} first_{{ loop.index }}, {% endfor %}
    opened_at,
    {{ local_date("opened_at") }} as opened_date,
    closed_at,
    {{ local_date("closed_at") }} as closed_date,
    closer,
    sql_at,
    mql_at is null or mql_at > opened_at as is_inferred,
    greatest(cast(mql_stamps as bigint) - 1, 0) as repeated_mql_stamps
from cycles
where opened_at is not null
