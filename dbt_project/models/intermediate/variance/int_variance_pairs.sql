with

    periods as (
        select distinct grain, period
        from {{ ref("int_periods") }}
        where grain in ('month', 'quarter')
    ),

    comparisons as (
        select 'month' as grain, 'previous_period' as compared_with, 1 as months
        union all
        select 'month', 'same_period_last_year', 12
        union all
        select 'quarter', 'previous_period', 3
        union all
        select 'quarter', 'same_period_last_year', 12
    ),

    pairs as (
        select
            periods.grain,
            periods.period,
            comparisons.compared_with,
            {{ months_later("periods.period", "0 - comparisons.months") }} as compared_period
        from periods
        inner join comparisons on periods.grain = comparisons.grain
    )

select pairs.grain, pairs.period, pairs.compared_with, pairs.compared_period
from pairs
inner join periods on pairs.grain = periods.grain and pairs.compared_period = periods.period
