{{ config(meta={
    "identity": "conservation",
    "owner": "data team",
    "remedy": "Costs were lost or doubled between int_cost_rows and fct_costs: a key of cost_pools, channel_rules or"
        ~ " int_fx_days is not unique."
}) }}

with

    landed as (
        select month, pool, sum(amount) as amount, count(*) as cost_rows
        from {{ ref("int_cost_rows") }}
        where month <= {{ as_of_date() }}
        group by 1, 2
    ),

    facts as (
        select month, pool, sum(amount_in_currency) as amount, sum(cost_rows) as cost_rows
        from {{ ref("fct_costs") }}
        group by 1, 2
    )

select landed.*, facts.amount as amount_in_facts, facts.cost_rows as cost_rows_in_facts
from landed
full outer join facts on landed.month = facts.month and landed.pool = facts.pool
where
    landed.cost_rows is null
    or facts.cost_rows is null
    or landed.cost_rows <> facts.cost_rows
    or landed.amount <> facts.amount
