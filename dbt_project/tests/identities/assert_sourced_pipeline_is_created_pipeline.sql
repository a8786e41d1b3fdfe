{{ config(meta={
    "identity": "P1",
    "owner": "data team",
    "remedy": "The source groups do not add up to the pipeline created in the period shown, or that is not what the "
        ~ "deals add up to. Look for a deal without a source group in fct_opportunities."
}) }}

with

    kpis as (select * from {{ ref("int_kpi_values_pipeline") }}),

    sides as (
        select grain, period, numerator as created, 0 as sourced
        from kpis
        where kpi = 'pipeline_created' and variant = '' and dimension = ''
        union all
        select grain, period, 0, numerator
        from kpis
        where kpi = 'pipeline_sourced' and dimension = 'source_group'
    ),

    deals as (
        select sum(amount_at_creation) as amount
        from {{ ref("fct_opportunities") }}
        where opportunity_type = 'new' and status <> 'deleted'
    )

select sides.grain, sides.period, sum(sides.created) as created, sum(sides.sourced) as sourced
from sides
cross join deals
group by sides.grain, sides.period
having
    abs(sum(sides.created) - sum(sides.sourced)) > 0.01
    or (sides.grain = 'all' and abs(sum(sides.created) - coalesce(max(deals.amount), 0)) > 0.01)
