{{ config(meta={
    "identity": "F2",
    "owner": "data team",
    "remedy": "The persons of the stage and month shown are not those that it counted when it ended and the deltas of"
        ~ " fct_person_restatements. Look at int_person_state_counts."
}) }}

with

    touched as (select distinct person_id from {{ ref("int_person_states") }}),

    -- What was known when the month ended, of everybody whom a change touches.
    known as (
        select states.person_id, months.month, max(states.known_from) as known_from
        from (select distinct person_id, known_from from {{ ref("int_person_states") }}) as states
        inner join
            (select distinct person_id, month from {{ ref("int_person_state_counts") }}) as months
            on states.person_id = months.person_id
        where {{ period_start("month", "states.known_from") }} <= months.month
        group by states.person_id, months.month
    ),

    figures as (
        select counts.stage, counts.month, counts.persons
        from known
        inner join
            {{ ref("int_person_state_counts") }} as counts
            on known.person_id = counts.person_id
            and known.known_from = counts.known_from
            and known.month = counts.month
        union all
        select stage, month, delta
        from {{ ref("fct_person_restatements") }}
        union all
        select stages.stage, {{ period_start("month", "stages.reached_date") }}, -1
        from {{ ref("int_person_stages") }} as stages
        inner join touched on stages.person_id = touched.person_id
    )

select stage || ' ' || cast(month as string) as what
from figures
group by stage, month
having sum(persons) <> 0
