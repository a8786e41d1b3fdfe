{{ config(meta={
    "identity": "F2",
    "owner": "data team",
    "remedy": "The periods of a grain do not add up to the people who ever reached the stage: a reached date lies "
        ~ "outside the calendar, or a person counts twice. Look at dim_persons for dates before the first day "
        ~ "of dim_date."
}) }}

with

    persons as (
        select
            count(lead_date) as leads,
            count(mql_date) as mqls,
            count(sal_date) as sals,
            count(sql_date) as sqls
        from {{ ref("dim_persons") }}
    ),

    periods as (
        select
            grain,
            dimension,
            sum(leads) as leads,
            sum(mqls) as mqls,
            sum(sals) as sals,
            sum(sqls) as sqls
        from {{ ref("kpi_funnel") }}
        group by 1, 2
    )

select periods.*, persons.leads as lead_persons, persons.mqls as mql_persons
from periods
cross join persons
where
    (periods.dimension = '' or persons.leads > 0)
    and (
        periods.leads <> persons.leads
        or periods.mqls <> persons.mqls
        or periods.sals <> persons.sals
        or periods.sqls <> persons.sqls
    )
