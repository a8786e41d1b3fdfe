with

    budgets as (select * from {{ ref("int_budgets") }} where status = 'in_force'),
    schedule as (select * from {{ ref("stg_template__budget_schedule") }}),

    -- The newest export that plans a line's period plans all of it: a day that it moved is not
    -- planned twice.
    ranked as (
        select
            schedule.line,
            budgets.period_start,
            budgets.period_end,
            schedule.date as day,
            schedule.amount as amount_in_currency,
            {{ at_rate("schedule.amount", "budgets.fx_rate") }} as amount,
            rank() over (
                partition by schedule.line, budgets.period_start, budgets.period_end
                order by schedule.exported_at desc nulls last, schedule.file_id desc
            ) as newest_first
        from schedule
        left join
            budgets
            on schedule.line = budgets.line
            and schedule.date between budgets.period_start and budgets.period_end
            and budgets.curve = 'scheduled'
    )

select line, period_start, period_end, day, amount_in_currency, amount
from ranked
where newest_first = 1
