{%- set of_line = "partition by line, period_start, period_end" -%}
{%- set in_month = of_line ~ ", month" -%}
with

    spend as (select * from {{ ref("int_budget_spend") }}),
    schedule as (select * from {{ ref("int_budget_schedule") }}),
    numbers as (select cast(id as int) as days_later from range(3700) as numbers(id)),

    lines as (
        select line, period_start, period_end, curve, amount as budget
        from {{ ref("int_budgets") }}
        where status = 'in_force'
        union all
        select distinct line, period_start, period_end, 'even', cast(0 as decimal(20, 6))
        from spend
        where line = '(unbudgeted)'
    ),

    days as (
        select lines.*, cast(lines.period_start + numbers.days_later as date) as day
        from lines
        inner join
            numbers
            on numbers.days_later <= {{ days_between("lines.period_start", "lines.period_end") }}
    ),

    weighed as (
        select
            days.*,
            {{ period_start("month", "days.day") }} as month,
            cast(
                case
                    when days.curve = 'scheduled' then coalesce(schedule.amount, 0) else 1
                end as decimal(18, 6)
            ) as weight
        from days
        left join
            schedule
            on days.line = schedule.line
            and days.period_start = schedule.period_start
            and days.period_end = schedule.period_end
            and days.day = schedule.day
    ),

    cumulated as (
        select
            weighed.*,
            sum(weight) over ({{ of_line }} order by day) as weight_so_far,
            sum(weight) over ({{ of_line }}) as weight_of_period,
            sum(weight) over ({{ in_month }} order by day) as month_weight_so_far,
            sum(weight) over ({{ in_month }}) as weight_of_month,
            count(*) over ({{ in_month }} order by day) as month_days_so_far,
            count(*) over ({{ in_month }}) as days_of_month
        from weighed
    ),

    daily as (
        select line, period_start, period_end, day, sum(amount) as amount
        from spend
        where not is_monthly
        group by 1, 2, 3, 4
    ),

    monthly as (
        select line, period_start, period_end, day as month, sum(amount) as amount
        from spend
        where is_monthly
        group by 1, 2, 3, 4
    ),

    -- Money to the millionth so far; days are differences, so that they add up to the whole. A
    -- cost of
    -- which only the month is known falls on its days as the line plans them.
    so_far as (
        select
            cumulated.*,
            coalesce(daily.amount, 0) as spent,
            {{ money(ratio("cast(budget as double) * weight_so_far", "weight_of_period")) }}
            as planned_so_far,
            {{
                money(
                    "coalesce("
                    ~ ratio("cast(monthly.amount as double) * month_weight_so_far", "weight_of_month")
                    ~ ", "
                    ~ ratio("cast(monthly.amount as double) * month_days_so_far", "days_of_month")
                    ~ ", 0)"
                )
            }}
            as accrued_so_far
        from cumulated
        left join
            daily
            on cumulated.line = daily.line
            and cumulated.period_start = daily.period_start
            and cumulated.period_end = daily.period_end
            and cumulated.day = daily.day
        left join
            monthly
            on cumulated.line = monthly.line
            and cumulated.period_start = monthly.period_start
            and cumulated.period_end = monthly.period_end
            and cumulated.month = monthly.month
    ),

    paid as (
        select
            so_far.*,
            cast(
                coalesce(
                    planned_so_far,
                    0
                ) - coalesce(lag(planned_so_far) over ({{ of_line }} order by day), 0) as decimal(
                    20, 6
                )
            ) as planned,
            cast(
                spent
                + accrued_so_far
                - coalesce(lag(accrued_so_far) over ({{ in_month }} order by day), 0) as decimal(
                    20, 6
                )
            ) as paid
        from so_far
    )

select
    line,
    period_start,
    period_end,
    day,
    curve,
    budget,
    planned,
    case when day <= {{ as_of_date() }} then paid end as actual,
    case when day > {{ as_of_date() }} then paid end as committed
from paid
