{{ config(meta={
    "identity": "F1",
    "owner": "data team",
    "remedy": "More people reached a later stage than an earlier one, in the cohort shown: a person has a stage "
        ~ "without the ones before it. Look at int_person_stages."
}) }}

with

    cohorts as (
        select person_id, {{ period_start("month", "reached_date") }} as lead_month
        from {{ ref("int_person_stages") }}
        where stage_no = 1
    ),

    persons as (
        select cohorts.lead_month, stages.*
        from {{ ref("int_person_stages") }} as stages
        left join cohorts on stages.person_id = cohorts.person_id
    ),

    -- An owner is no attribute of the person: each stage has the owner of its own day.
    reached as (
        select lead_month, dimension, member, stage_no, count(*) as persons
        from
            {{ total_and_cuts(
                "persons", ["channel", "source_group", "segment"], ["lead_month", "stage_no"]
            ) }} as cuts
        group by lead_month, dimension, member, stage_no
    ),

    compared as (
        select
            reached.*,
            lag(persons) over (
                partition by lead_month, dimension, member order by stage_no
            ) as persons_before,
            lag(stage_no) over (
                partition by lead_month, dimension, member order by stage_no
            ) as stage_no_before
        from reached
    )

select *
from compared
where lead_month is null or persons > persons_before or stage_no <> coalesce(stage_no_before, 0) + 1
