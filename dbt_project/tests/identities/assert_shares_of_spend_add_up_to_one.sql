{{ config(meta={
    "identity": "R7",
    "owner": "marketing",
    "remedy": "The shares of the purposes are not 1 together, or the purposes are not all media and other costs in CAC: a cost "
        ~ "has no purpose or two. Look at kpi_spend_mix."
}) }}

with

    mix as (
        select
            grain,
            period,
            sum(spend_share) as shares,
            sum(amount) as amount,
            max(total_amount) as total_amount
        from {{ ref("kpi_spend_mix") }}
        group by grain, period
    ),

    costs as (
        select sum(amount) as amount
        from
            (
                select spend as amount
                from {{ ref("fct_spend") }}
                union all
                select amount
                from {{ ref("fct_costs") }}
                where in_cac and is_counted
            ) as parts
    )

select mix.*
from mix
cross join costs
where
    (mix.total_amount > 0 and (mix.shares is null or abs(mix.shares - 1) > 0.000001))
    or (mix.grain = 'all' and abs(mix.amount - coalesce(costs.amount, 0)) > 0.01)
