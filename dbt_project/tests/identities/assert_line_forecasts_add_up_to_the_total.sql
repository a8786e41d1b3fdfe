{{ config(meta={
    "identity": "B4",
    "owner": "finance",
    "remedy": "A total is not the sum of its lines, or budget is not actual + remaining: compare the row shown with the "
        ~ "lines in kpi_budget_pacing and the days in int_budget_forecast_days."
}) }}

with

    forecasts as (
        select grain, period, dimension, numerator
        from {{ ref("kpi_values") }}
        where kpi = 'forecast_eop'
    ),

    totals as (
        select
            cast(period as string) as subject,
            grain,
            sum(case when dimension = '' then numerator end) as whole,
            sum(case when dimension = 'budget_line' then numerator end) as parts
        from forecasts
        group by period, grain
    ),

    -- What a line is said to have spent and to be left with is held against its plan and its days.
    lines as (
        select
            pacing.line || ' ' || cast(pacing.period_start as string) as subject,
            pacing.line,
            pacing.period_start,
            pacing.period_end,
            pacing.actual_to_date,
            pacing.remaining,
            pacing.forecast_eop,
            coalesce(max(budgets.amount), 0) as budget
        from {{ ref("kpi_budget_pacing") }} as pacing
        left join
            {{ ref("fct_budgets") }} as budgets
            on pacing.line = budgets.line
            and pacing.period_start = budgets.period_start
            and pacing.period_end = budgets.period_end
            and budgets.status = 'in_force'
        group by 1, 2, 3, 4, 5, 6, 7
    ),

    days as (
        select line, period_start, period_end, sum(forecast) as forecast
        from {{ ref("int_budget_forecast_days") }}
        group by 1, 2, 3
    ),

    sides as (
        select subject, grain as side, whole, parts
        from totals
        union all
        select subject, 'budget', budget, actual_to_date + remaining
        from lines
        union all
        select lines.subject, 'forecast', lines.forecast_eop, days.forecast
        from lines
        full outer join
            days
            on lines.line = days.line
            and lines.period_start = days.period_start
            and lines.period_end = days.period_end
    )

select *
from sides
where whole is null or parts is null or abs(whole - parts) > 0.01
