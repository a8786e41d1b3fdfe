{{ config(meta={
    "identity": "G2",
    "owner": "data team",
    "remedy": "A record, stage or deal is dated before 1990, or a record has no date at all: correct the year in "
        ~ "the CRM or the date format of the export and drop it in again."
}) }}

with

    facts as (
        select
            'record of ' || source as fact,
            record_key as fact_key,
            {{ local_date("created_at") }} as day,
            file_id,
            file_row
        from {{ ref("int_person_records") }}
        where exclusion_reason is null
        union all
        select
            'stage ' || stage,
            cast(person_id as string),
            entered_date,
            cast(null as string),
            cast(null as bigint)
        from {{ ref("fct_stage_events") }}
        union all
        select
            'deal of ' || source,
            opportunity_id,
            least(created_date, closed_date),
            cast(null as string),
            cast(null as bigint)
        from {{ ref("int_opportunities") }}
    ),

    calendar as (
        select min(period_day) as first_day, max(period_day) as last_day
        from {{ ref("int_periods") }}
    )

select facts.*
from facts
cross join calendar
where facts.day is null or facts.day < calendar.first_day or facts.day > calendar.last_day
