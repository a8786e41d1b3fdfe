with

    days as (select * from {{ ref("int_budget_forecast_days") }}),
    budgets as (select * from {{ ref("int_budgets") }} where status = 'in_force'),

    sums as (
        select
            line,
            period_start,
            period_end,
            max(curve) as curve,
            max(basis) as forecast_basis,
            cast(count(actual) as bigint) as days_elapsed,
            cast(count(*) - count(actual) as bigint) as days_left,
            cast(
                sum(case when day <= {{ as_of_date() }} then planned else 0 end) as decimal(20, 6)
            ) as planned_to_date,
            cast(coalesce(sum(actual), 0) as decimal(20, 6)) as actual_to_date,
            cast(coalesce(sum(committed), 0) as decimal(20, 6)) as committed,
            cast(sum(forecast) as decimal(20, 6)) as forecast_eop
        from days
        group by 1, 2, 3
    ),

    lines as (
        select
            sums.*,
            budgets.channel,
            case when budgets.line is not null then budgets.pool else '(unbudgeted)' end as pool,
            budgets.purpose,
            budgets.budget_version,
            budgets.approved_on,
            budgets.currency,
            budgets.amount_in_currency as budget_in_currency,
            coalesce(budgets.amount, 0) as budget
        from sums
        left join
            budgets
            on sums.line = budgets.line
            and sums.period_start = budgets.period_start
            and sums.period_end = budgets.period_end
    )

select
    -- keys
    line,
    period_start,
    period_end,
    {{ as_of_date() }} as as_of,

    -- dimensions
    channel,
    pool,
    purpose,
    curve,
    budget_version,
    approved_on,
    currency,

    -- days
    days_elapsed,
    days_left,
    days_left = 0 as is_complete,

    -- measures
    budget_in_currency,
    cast(budget as decimal(20, 6)) as budget,
    planned_to_date,
    actual_to_date,
    cast(actual_to_date - planned_to_date as decimal(20, 6)) as variance_to_date,
    cast(budget - actual_to_date as decimal(20, 6)) as remaining,
    cast(greatest(actual_to_date - budget, 0) as decimal(20, 6)) as overspend,
    committed,
    forecast_eop,
    cast(forecast_eop - budget as decimal(20, 6)) as forecast_variance,
    forecast_basis,

    -- ratios
    {{ ratio("actual_to_date", "planned_to_date") }} as pacing_index,
    {{ ratio("greatest(budget - actual_to_date, 0)", "days_left") }} as required_daily_spend
from lines
