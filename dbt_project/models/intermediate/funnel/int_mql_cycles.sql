{% set order = var("funnel")["stage_order"] %}
with

    persons as (select * from {{ ref("int_funnel_persons") }} where exclusion_reason is null),
    tellings as (select telling_no, owner from {{ ref("int_tellings") }}),

    -- What happens after a closer and up to the next one.
    spells as (
        select
            person_id,
            closers_before,
            {% for stage in order %}
                min(case when event_order = {{ loop.index }} then event_no end) as first_{{ loop.index }},
            {% endfor %}
            min_by(
                telling_no, case when {{ is_opener("event_order") }} then event_no end
            ) as telling_no,
            min(case when {{ is_opener("event_order") }} then entered_at end) as opened_at,
            min(case when event_order = {{ stage_number("mql") }} then entered_at end) as mql_at,
            min(case when {{ is_closer("event_order") }} then entered_at end) as closed_at,
            min(case when {{ is_closer("event_order") }} then event_order end) as closer_order,
            min(
                case
                    when
                        {{ is_opener("event_order") }}
                        and event_order >= {{ stage_number("sql") }}
                    then entered_at
                end
            ) as sql_at,
            sum(
                case when event_order = {{ stage_number("mql") }} then 1 else 0 end
            ) as mql_stamps,
            count(*) as events
        from {{ ref("int_stage_events") }}
        where {{ is_opener("event_order") }} or {{ is_closer("event_order") }}
        group by person_id, closers_before
    ),

    followed as (
        select
            spells.*,
            lag(closer_order) over (
                partition by person_id order by closers_before
            ) as closer_before
        from spells
    )

select
    followed.person_id,
    persons.channel,
    persons.source_group,
    persons.segment,
    coalesce(tellings.owner, '(none)') as owner,
    row_number() over (
        partition by followed.person_id order by followed.closers_before
    ) as cycle_no,
    followed.closers_before,
    {% for stage in order %} followed.first_{{ loop.index }}, {% endfor %}
    followed.opened_at,
    {{ local_date("followed.opened_at") }} as opened_date,
    followed.closed_at,
    {{ local_date("followed.closed_at") }} as closed_date,
    stages.stage as closer,
    followed.sql_at,
    followed.mql_at is null or followed.mql_at > followed.opened_at as is_inferred,
    greatest(cast(followed.mql_stamps as bigint) - 1, 0) as repeated_mql_stamps
from followed
inner join persons on followed.person_id = persons.person_id
left join tellings on followed.telling_no = tellings.telling_no
left join {{ ref("int_stages") }} as stages on followed.closer_order = stages.event_order
where
    followed.opened_at is not null
    -- Two systems may both tell of the win; nothing happened in between, so it is one.
    and not (
        followed.events = 1
        and followed.closer_order = {{ stage_number("won") }}
        and coalesce(followed.closer_before, 0) = {{ stage_number("won") }}
    )
