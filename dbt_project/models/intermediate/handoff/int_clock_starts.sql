{{ config(materialized="view") }}
with

    stages as (select * from {{ ref("int_person_stages") }}),
    persons as (select * from {{ ref("int_persons") }}),
    -- Where no system tells of answers, nobody knows how fast they came, and no lead waits for one.
    recorded as (select count(*) > 0 as has_answers from {{ ref("int_responses") }}),

    cycles as (
        select
            cycles.*,
            lag(closed_at) over (partition by person_id order by cycle_no) as closed_before,
            lead(opened_at) over (partition by person_id order by cycle_no) as opened_next
        from {{ ref("int_mql_cycles") }} as cycles
    )

select
    'lead' as clock,
    leads.person_id,
    cast(0 as bigint) as cycle_no,
    leads.channel,
    leads.source_group,
    leads.segment,
    -- Whoever records a lead seldom names an owner; the first hand-over does.
    case
        when leads.owner = '(none)' then coalesce(first_cycles.owner, '(none)') else leads.owner
    end as owner,
    leads.reached_at as started_at,
    leads.reached_date as started_date,
    greatest(leads.reached_at, persons.first_created_at) as contacts_count_from,
    cast(null as timestamp) as earlier_until,
    first_cycles.opened_next as later_from
from stages as leads
inner join recorded on recorded.has_answers
inner join persons on leads.person_id = persons.person_id
left join
    cycles as first_cycles on leads.person_id = first_cycles.person_id and first_cycles.cycle_no = 1
where leads.stage = 'lead'
union all
select
    'mql_cycle',
    person_id,
    cycle_no,
    channel,
    source_group,
    segment,
    owner,
    opened_at,
    opened_date,
    opened_at,
    closed_before,
    opened_next
from cycles
inner join recorded on recorded.has_answers
