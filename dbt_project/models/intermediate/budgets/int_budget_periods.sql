with

    days as (select * from {{ ref("int_budget_forecast_days") }}),
    periods as (
        select distinct grain, period, period_last_day
        from {{ ref("int_periods") }}
        where grain not in ('day', 'week', 'all')
    )

select
    periods.grain,
    periods.period,
    cut.dimension,
    cut.member,
    cast(sum(cut.planned) as decimal(20, 6)) as budget,
    cast(
        sum(case when cut.day <= {{ as_of_date() }} then cut.planned else 0 end) as decimal(20, 6)
    ) as planned_to_date,
    cast(coalesce(sum(cut.actual), 0) as decimal(20, 6)) as actual_to_date,
    cast(sum(cut.forecast) as decimal(20, 6)) as forecast,
    cast(count(distinct cut.line) as bigint) as lines
from {{ total_and_cuts("days", ["line"], ["line", "day", "planned", "actual", "forecast"]) }} as cut
inner join periods on cut.day between periods.period and periods.period_last_day
group by 1, 2, 3, 4
