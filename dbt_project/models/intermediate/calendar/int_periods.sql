with

    days as (
        select date_day as period_day, month, quarter, year, week, fiscal_quarter, fiscal_year
        from {{ ref("dim_date") }}
        where date_day <= {{ as_of_date() }}
    ),

    periods as (
        select period_day, 'day' as grain, period_day as period, period_day as period_last_day
        from days
        union all
        select period_day, 'week', week, cast(week + 6 as date)
        from days
        union all
        select period_day, 'month', month, cast({{ months_later("month", 1) }} - 1 as date)
        from days
        union all
        select period_day, 'quarter', quarter, cast({{ months_later("quarter", 3) }} - 1 as date)
        from days
        union all
        select period_day, 'year', year, cast({{ months_later("year", 12) }} - 1 as date)
        from days
        union all
        select
            period_day,
            'fiscal_quarter',
            fiscal_quarter,
            cast({{ months_later("fiscal_quarter", 3) }} - 1 as date)
        from days
        union all
        select
            period_day,
            'fiscal_year',
            fiscal_year,
            cast({{ months_later("fiscal_year", 12) }} - 1 as date)
        from days
        union all
        select period_day, 'all', cast(null as date), {{ as_of_date() }}
        from days
    )

select
    period_day, grain, period, period_last_day, period_last_day <= {{ as_of_date() }} as is_complete
from periods
