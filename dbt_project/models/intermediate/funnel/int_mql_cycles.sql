with

    persons as (select * from {{ ref("int_funnel_persons") }} where exclusion_reason is null),
    tellings as (select telling_no, owner from {{ ref("int_tellings") }}),

    -- What happens after a closer and up to the next one.
    spells as (
        select
            person_id,
            closer_before,
            min_by(
                telling_no, case when {{ is_opener("event_order") }} then event_no end
            ) as telling_no,
            min(case when {{ is_opener("event_order") }} then event_no end) as opener_no,
            min(case when event_order = {{ stage_number("mql") }} then event_no end) as mql_no,
            min(case when {{ is_closer("event_order") }} then event_no end) as closer_no,
            min(
                case
                    when {{ is_opener("event_order") }} and event_order >= {{ stage_number("sql") }}
                    then event_no
                end
            ) as sql_no,
            sum(case when event_order = {{ stage_number("mql") }} then 1 else 0 end) as mql_stamps,
            count(*) as events
        from {{ ref("int_stage_events") }}
        where {{ is_opener("event_order") }} or {{ is_closer("event_order") }}
        group by person_id, closer_before
    ),

    timed as (
        select
            spells.*,
            {{ order_of_event("closer_no") }} as closer_order,
            {{ time_of_event("opener_no") }} as opened_at,
            {{ time_of_event("mql_no") }} as mql_at,
            {{ time_of_event("closer_no") }} as closed_at,
            {{ time_of_event("sql_no") }} as sql_at
        from spells
        where opener_no is not null
    ),

    numbered as (
        select
            timed.*, row_number() over (partition by person_id order by closer_before) as cycle_no
        from timed
        where
            -- Two systems may both tell of the win; nothing happened in between, so it is one.
            not (
                events = 1
                and closer_order = {{ stage_number("won") }}
                and {{ order_of_event("closer_before") }} = {{ stage_number("won") }}
            )
    )

select
    numbered.person_id,
    persons.channel,
    persons.source_group,
    persons.segment,
    coalesce(tellings.owner, '(none)') as owner,
    numbered.cycle_no,
    numbered.closer_before,
    numbered.opened_at,
    {{ local_date("numbered.opened_at") }} as opened_date,
    numbered.closed_at,
    {{ local_date("numbered.closed_at") }} as closed_date,
    stages.stage as closer,
    numbered.sql_at,
    numbered.mql_at is null or numbered.mql_at > numbered.opened_at as is_inferred,
    greatest(cast(numbered.mql_stamps as bigint) - 1, 0) as repeated_mql_stamps
from numbered
inner join persons on numbered.person_id = persons.person_id
left join tellings on numbered.telling_no = tellings.telling_no
left join {{ ref("int_stages") }} as stages on numbered.closer_order = stages.event_order
