{{ config(meta={
    "identity": "L1",
    "owner": "finance",
    "remedy": "The changes of recurring revenue or of paying customers do not lead from the start of the period shown to its "
        ~ "end, a period does not begin where the last one ended, or the end is not what the subscriptions add up to. "
        ~ "Look at fct_subscription_months."
}) }}

with

    bridge as (
        select
            bridge.*,
            lag(end_mrr) over (partition by grain order by period) as mrr_before,
            lag(end_customers) over (partition by grain order by period) as customers_before
        from {{ ref("kpi_mrr_bridge") }} as bridge
    ),

    subscriptions as (
        select month, sum(reported_mrr) as mrr, count(*) as rows_added
        from {{ ref("int_subscription_mrr") }}
        group by month
    ),

    facts as (
        select month, sum(start_mrr + mrr_change + fx_change) as mrr
        from {{ ref("fct_subscription_months") }}
        group by month
    )

select 'changes' as what, grain, period
from bridge
where
    abs(
        start_mrr
        + opening_mrr
        + new_mrr
        + expansion_mrr
        + reactivation_mrr
        - contraction_mrr
        - churned_mrr
        + fx_change
        - end_mrr
    )
    > 0.01
union all
select 'customers', grain, period
from bridge
where
    start_customers + opening_customers + new_customers + reactivated_customers - churned_customers
    <> end_customers
union all
select 'start', grain, period
from bridge
where
    grain <> 'all'
    and (
        abs(start_mrr - coalesce(mrr_before, 0)) > 0.01
        or start_customers <> coalesce(customers_before, 0)
    )
union all
-- Every row is rounded to a millionth.
select 'subscriptions', 'month', subscriptions.month
from subscriptions
left join bridge on bridge.grain = 'month' and subscriptions.month = bridge.period
where
    bridge.period is null
    or abs(bridge.end_mrr - subscriptions.mrr) > 0.01 + 0.000001 * subscriptions.rows_added
union all
select 'facts', 'month', facts.month
from facts
inner join bridge on bridge.grain = 'month' and facts.month = bridge.period
inner join subscriptions on facts.month = subscriptions.month
where abs(bridge.end_mrr - facts.mrr) > 0.01 + 0.000003 * subscriptions.rows_added
