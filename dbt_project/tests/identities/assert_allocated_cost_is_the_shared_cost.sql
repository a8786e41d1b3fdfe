{{ config(meta={
    "identity": "S5",
    "owner": "marketing",
    "remedy": "What channels take of the shared cost is not what fct_costs holds of it in the period shown: look at "
        ~ "int_shared_costs, and for a month without a driver at the rest in (shared)."
}) }}

with

    shared as (
        select periods.grain, periods.period, sum(costs.acquisition_amount) as shared_cost
        from {{ ref("fct_costs") }} as costs
        inner join {{ ref("int_periods") }} as periods on costs.month = periods.period_day
        where
            costs.channel = '(shared)'
            and costs.in_cac
            and costs.pool <> 'media'
            and periods.grain not in ('day', 'week')
        group by 1, 2
    ),

    allocated as (
        select
            grain,
            period,
            -- Also to channels that won nobody.
            sum(case when member <> '(shared)' then allocated_cost else full_cost end) as borne
        from {{ ref("kpi_cac") }}
        where dimension = 'channel' and grain not in ('day', 'week')
        group by 1, 2
    )

select
    coalesce(shared.grain, allocated.grain) as grain,
    coalesce(shared.period, allocated.period) as period,
    shared.shared_cost,
    allocated.borne
from shared
full outer join
    allocated
    on shared.grain = allocated.grain
    and shared.period is not distinct from allocated.period
where abs(coalesce(shared.shared_cost, 0) - coalesce(allocated.borne, 0)) > 0.01
