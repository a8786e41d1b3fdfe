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

    reached as (
        select
            cohorts.lead_month, stages.channel, stages.stage_no, stages.stage, count(*) as persons
        from {{ ref("int_person_stages") }} as stages
        left join cohorts on stages.person_id = cohorts.person_id
        group by 1, 2, 3, 4
    ),

    compared as (
        select
            reached.*,
            lag(persons) over (
                partition by lead_month, channel order by stage_no
            ) as persons_before,
            lag(stage_no) over (
                partition by lead_month, channel order by stage_no
            ) as stage_no_before
        from reached
    )

select *
from compared
where lead_month is null or persons > persons_before or stage_no <> coalesce(stage_no_before, 0) + 1
