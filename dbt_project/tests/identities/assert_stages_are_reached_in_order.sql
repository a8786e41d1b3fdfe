{{ config(meta={
    "identity": "F4",
    "owner": "data team",
    "remedy": "A person or cycle reached a later stage before an earlier one. Look at int_person_stages and "
        ~ "int_mql_cycles for the person shown."
}) }}

with

    reached as (
        select
            person_id,
            stage,
            reached_at,
            lag(reached_at) over (partition by person_id order by stage_no) as reached_before
        from {{ ref("int_person_stages") }}
    )

select person_id, stage
from reached
where reached_at < reached_before
union all
select person_id, 'cycle'
from {{ ref("int_mql_cycles") }}
where sql_at < opened_at or closed_at < opened_at
