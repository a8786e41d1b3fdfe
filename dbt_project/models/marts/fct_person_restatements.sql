with

    counts as (select * from {{ ref("int_person_state_counts") }}),
    days as (select distinct person_id, known_from from {{ ref("int_person_states") }}),
    steps as (
        select
            person_id,
            known_from,
            lag(known_from) over (partition by person_id order by known_from) as known_before
        from days
    ),
    reasons as (
        select person_id, effective_date, min(reason) as reason
        from {{ ref("int_person_changes") }}
        group by person_id, effective_date
    ),

    moves as (
        select
            steps.person_id, steps.known_from, counts.stage, counts.month, counts.persons as moved
        from steps
        inner join
            counts on steps.person_id = counts.person_id and steps.known_from = counts.known_from
        where steps.known_before is not null
        union all
        select steps.person_id, steps.known_from, counts.stage, counts.month, 0 - counts.persons
        from steps
        inner join
            counts on steps.person_id = counts.person_id and steps.known_before = counts.known_from
    )

select
    -- keys
    moves.person_id,

    -- dimensions
    moves.known_from as effective_date,
    reasons.reason,
    moves.stage,
    moves.month,

    -- measures
    cast(sum(moves.moved) as bigint) as delta
from moves
inner join
    reasons on moves.person_id = reasons.person_id and moves.known_from = reasons.effective_date
-- A month that is still running is not restated, it is counted.
where moves.month < {{ period_start("month", "moves.known_from") }}
group by moves.person_id, moves.known_from, reasons.reason, moves.stage, moves.month
having sum(moves.moved) <> 0
