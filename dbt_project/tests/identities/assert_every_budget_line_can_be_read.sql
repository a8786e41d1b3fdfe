{{ config(meta={
    "identity": "B4",
    "owner": "finance",
    "remedy": "The budget line shown cannot be planned with; correct it in budgets or budget_schedule and drop the file in "
        ~ "again. fault says what is wrong: schedule_does_not_sum_to_amount, schedule_without_line, overlaps_itself (two "
        ~ "periods approved at the same moment), period_is_reversed, period_is_too_long (over ten years), unknown_curve, "
        ~ "unknown_pool, unknown_purpose."
}) }}

with

    budgets as (select * from {{ ref("fct_budgets") }} where status = 'in_force'),
    schedule as (select * from {{ ref("int_budget_schedule") }}),

    scheduled as (
        select line, period_start, period_end, sum(amount_in_currency) as scheduled
        from schedule
        group by 1, 2, 3
    ),

    judged as (
        select
            budgets.line,
            budgets.period_start,
            budgets.amount_in_currency as amount,
            coalesce(scheduled.scheduled, 0) as other_amount,
            case
                when budgets.curve not in ('even', 'scheduled')
                then 'unknown_curve'
                when pools.pool is null
                then 'unknown_pool'
                when budgets.purpose not in ('brand', 'activation', 'backstage', 'retention')
                then 'unknown_purpose'
                when budgets.period_end < budgets.period_start
                then 'period_is_reversed'
                when {{ days_between("budgets.period_start", "budgets.period_end") }} >= 3700
                then 'period_is_too_long'
                when
                    budgets.curve = 'scheduled'
                    and abs(budgets.amount_in_currency - coalesce(scheduled.scheduled, 0)) > 0.01
                then 'schedule_does_not_sum_to_amount'
            end as fault
        from budgets
        left join {{ ref("cost_pools") }} as pools on budgets.pool = pools.pool
        left join
            scheduled
            on budgets.line = scheduled.line
            and budgets.period_start = scheduled.period_start
            and budgets.period_end = scheduled.period_end
    ),

    faults as (
        select line, period_start, amount, other_amount, fault
        from judged
        where fault is not null
        union all
        select
            one.line,
            one.period_start,
            one.amount_in_currency,
            other.amount_in_currency,
            'overlaps_itself'
        from budgets as one
        inner join
            budgets as other
            on one.line = other.line
            and one.period_start <= other.period_end
            and other.period_start <= one.period_end
            and (one.period_start <> other.period_start or one.period_end <> other.period_end)
        union all
        -- Days of plans that were replaced are history; days of no plan at all are a mistake.
        select
            schedule.line, schedule.day, null, schedule.amount_in_currency, 'schedule_without_line'
        from schedule
        left join
            {{ ref("fct_budgets") }} as plans
            on schedule.line = plans.line
            and schedule.day between plans.period_start and plans.period_end
        where schedule.period_start is null and plans.line is null
    )

select *
from faults
