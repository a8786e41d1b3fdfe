{{ config(meta={
    "identity": "F3",
    "owner": "data team",
    "remedy": "MQL cycles are not first cycles plus re-MQLs, or somebody is an MQL without a cycle. Compare "
        ~ "int_mql_cycles with int_person_stages for the person shown."
}) }}

with

    cycles as (
        select
            person_id,
            count(*) as cycles,
            max(cycle_no) as last_cycle_no,
            min(opened_at) as opened_at
        from {{ ref("int_mql_cycles") }}
        group by 1
    ),

    mqls as (select person_id, reached_at from {{ ref("int_person_stages") }} where stage = 'mql'),

    per_person as (
        select cast(coalesce(cycles.person_id, mqls.person_id) as string) as what
        from cycles
        full outer join mqls on cycles.person_id = mqls.person_id
        where
            cycles.person_id is null
            or mqls.person_id is null
            or cycles.cycles <> cycles.last_cycle_no
            or cycles.opened_at <> mqls.reached_at
    ),

    per_period as (
        select grain
        from {{ ref("kpi_funnel") }}
        where dimension = ''
        group by grain
        having sum(mql_cycles) <> sum(mqls) + sum(re_mqls)
    )

select what
from per_person
union all
select grain
from per_period
