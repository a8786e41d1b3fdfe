{{ config(meta={
    "identity": "conservation",
    "owner": "data team",
    "remedy": "Spend was lost or doubled on its way to the budget lines, or the days of a line do not hold "
        ~ "all that it pays: compare int_budget_spend with fct_spend, fct_costs and int_budget_days."
}) }}

with

    spend as (select sum(spend) as amount from {{ ref("fct_spend") }}),

    costs as (select sum(amount) as amount from {{ ref("fct_costs") }} where is_counted),

    assigned as (
        select
            sum(case when is_monthly then 0 else amount end) as spend,
            sum(case when is_monthly then amount else 0 end) as costs
        from {{ ref("int_budget_spend") }}
        where day <= {{ as_of_date() }}
    ),

    paid as (
        select line, period_start, period_end, sum(amount) as amount
        from {{ ref("int_budget_spend") }}
        group by 1, 2, 3
    ),

    days as (
        select line, period_start, period_end, sum(coalesce(actual, committed)) as amount
        from {{ ref("int_budget_days") }}
        group by 1, 2, 3
    ),

    sides as (
        select
            'spend' as subject,
            coalesce(spend.amount, 0) as one,
            coalesce(assigned.spend, 0) as other
        from spend
        cross join assigned
        union all
        select 'costs', coalesce(costs.amount, 0), coalesce(assigned.costs, 0)
        from costs
        cross join assigned
        union all
        select paid.line, paid.amount, coalesce(days.amount, 0)
        from paid
        left join
            days
            on paid.line = days.line
            and paid.period_start = days.period_start
            and paid.period_end = days.period_end
    )

select *
from sides
where abs(one - other) > 0.01
