{{ config(meta={
    "identity": "P3",
    "owner": "data team",
    "remedy": "The changes of the pipeline do not lead from its start to its end, a month does not begin where the "
        ~ "last one ended, a cut does not add up to the total, or the end is not what the open deals add up to. Look "
        ~ "at fct_pipeline_changes."
}) }}

with

    bridge as (select * from {{ ref("kpi_pipeline_bridge") }}),

    months as (
        select
            bridge.*,
            lag(open_end) over (partition by dimension, member order by period) as end_before
        from bridge
        where grain = 'month'
    ),

    cuts as (
        select grain, period, dimension, sum(open_end) as open_end, count(*) as members
        from bridge
        where dimension <> ''
        group by grain, period, dimension
    ),

    open_deals as (
        select coalesce(sum(amount), 0) as amount, count(*) as deals
        from {{ ref("fct_opportunities") }}
        where opportunity_type = 'new' and status = 'open'
    )

select 'changes' as what, grain, period, dimension, member
from bridge
where
    abs(
        open_start
        + created
        + reopened
        + amount_changes
        + fx_revaluation
        - won
        - lost
        - deleted
        - open_end
    )
    > 0.01
union all
select 'start', grain, period, dimension, member
from months
where abs(open_start - coalesce(end_before, 0)) > 0.01
union all
select 'open deals', bridge.grain, bridge.period, bridge.dimension, bridge.member
from bridge
cross join open_deals
where
    bridge.grain = 'all'
    and bridge.dimension = ''
    and (
        -- Each deal is rounded to a millionth.
        abs(bridge.open_end - open_deals.amount) > 0.01 + 0.000001 * open_deals.deals
        or bridge.open_deals_end <> open_deals.deals
    )
union all
select 'cut', cuts.grain, cuts.period, cuts.dimension, ''
from cuts
inner join
    bridge
    on cuts.grain = bridge.grain
    and cuts.period is not distinct from bridge.period
    and bridge.dimension = ''
where abs(cuts.open_end - bridge.open_end) > 0.01 + 0.000001 * cuts.members
