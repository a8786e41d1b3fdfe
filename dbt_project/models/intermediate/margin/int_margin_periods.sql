with

    periods as (select * from {{ ref("int_periods") }}),

    days as (
        select *
        from {{ ref("int_margin_days") }}
        union all
        -- Days without orders: their periods have a total of 0.
        select period_day, false, basis, '', '', {{ margin_measures({}) }}
        from periods
        cross join {{ revenue_bases() }}
        where grain = 'day'
    )

select
    periods.grain,
    periods.period,
    days.dimension,
    days.member,
    days.basis,
    periods.is_complete,
    {{ margin_sums() }}
from days
inner join periods on {{ in_period("days") }}
group by 1, 2, 3, 4, 5, 6
