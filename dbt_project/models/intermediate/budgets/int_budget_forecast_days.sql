{%- set of_line = "partition by line, period_start, period_end" -%}
{%- set elapsed = "day <= " ~ as_of_date() -%}
{%- set weekday = days_between("date '1900-01-01'", "day") ~ " % 7" -%}
with

    days as (
        select budget_days.*, {{ weekday }} as weekday
        from {{ ref("int_budget_days") }} as budget_days
    ),

    -- Eight weeks of history: a plan for each of the days, and spend since the first of them or
    -- longer.
    old_lines as (
        select line
        from days
        where {{ elapsed }}
        group by line
        having
            min(case when actual <> 0 then day end) <= {{ as_of_date() }} - 55
            and sum(case when day > {{ as_of_date() }} - 56 then 1 else 0 end) = 56
    ),

    -- The last eight weeks hold every weekday eight times, so sums weigh like averages.
    weekdays as (
        select days.line, days.weekday, greatest(sum(days.actual), 0) as weight
        from days
        inner join old_lines on days.line = old_lines.line
        where {{ elapsed }} and days.day > {{ as_of_date() }} - 56
        group by 1, 2
    ),

    weighed as (
        select days.*, cast(coalesce(weekdays.weight, 0) as decimal(20, 6)) as weight
        from days
        left join weekdays on days.line = weekdays.line and days.weekday = weekdays.weekday
    ),

    lines as (
        select
            line,
            period_start,
            period_end,
            count(*) as days_in_period,
            sum(case when {{ elapsed }} then 1 else 0 end) as days_elapsed,
            sum(case when {{ elapsed }} then planned else 0 end) as planned_to_date,
            cast(coalesce(sum(actual), 0) as decimal(20, 6)) as actual_to_date,
            sum(case when {{ elapsed }} then weight else 0 end) as weight_elapsed
        from weighed
        group by 1, 2, 3
    ),

    based as (
        select
            weighed.*,
            lines.days_in_period,
            lines.days_elapsed,
            lines.planned_to_date,
            lines.actual_to_date,
            lines.weight_elapsed,
            sum(case when {{ elapsed }} then 0 else weighed.weight end) over (
                partition by weighed.line, weighed.period_start, weighed.period_end
                order by weighed.day
            ) as weight_ahead,
            sum(case when {{ elapsed }} then 0 else weighed.planned end) over (
                partition by weighed.line, weighed.period_start, weighed.period_end
                order by weighed.day
            ) as planned_ahead,
            sum(case when {{ elapsed }} then 0 else 1 end) over (
                partition by weighed.line, weighed.period_start, weighed.period_end
                order by weighed.day
            ) as days_ahead,
            case
                when lines.days_elapsed = lines.days_in_period
                then 'actual'
                when lines.days_elapsed < 3
                then 'plan'
                when weighed.curve = 'scheduled'
                then 'scheduled'
                when lines.weight_elapsed > 0
                then 'weekday'
                else 'even'
            end as basis
        from weighed
        inner join
            lines
            on weighed.line = lines.line
            and weighed.period_start = lines.period_start
            and weighed.period_end = lines.period_end
    ),

    -- What is expected from tomorrow until the end of each day. Two days tell nothing: then the
    -- rest of
    -- the plan comes, as it is planned, or evenly where nothing more was planned.
    expected as (
        select
            based.*,
            {% set rest = "cast(greatest(budget - actual_to_date, 0) as double)" -%}
            {{
                money(
                    "case basis when 'actual' then 0 when 'scheduled' then planned_ahead when 'weekday' then "
                    ~ ratio("cast(actual_to_date as double) * weight_ahead", "weight_elapsed")
                    ~ " when 'even' then "
                    ~ ratio("cast(actual_to_date as double) * days_ahead", "days_elapsed")
                    ~ " else coalesce("
                    ~ ratio(rest ~ " * planned_ahead", "budget - planned_to_date")
                    ~ ", "
                    ~ ratio(rest ~ " * days_ahead", "days_in_period - days_elapsed")
                    ~ ") end"
                )
            }}
            as expected_so_far
        from based
    )

select
    line,
    period_start,
    period_end,
    day,
    curve,
    basis,
    planned,
    actual,
    committed,
    cast(
        coalesce(
            actual,
            expected_so_far - coalesce(lag(expected_so_far) over ({{ of_line }} order by day), 0)
        ) as decimal(20, 6)
    ) as forecast
from expected
