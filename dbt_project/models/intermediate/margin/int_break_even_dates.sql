with

    periods as (select * from {{ ref("int_periods") }} where grain not in ('day', 'week')),
    costs as (select * from {{ ref("int_cost_to_cover") }}),

    margins as (
        select
            day,
            cast(
                sum(net_revenue_with_cost - cogs_with_cost - variable_cost) as decimal(20, 6)
            ) as cm2
        from {{ ref("int_margin_days") }}
        where basis = 'order_basis' and dimension = ''
        group by day
    ),

    cumulated as (
        select
            periods.grain,
            periods.period,
            periods.period_day,
            sum(coalesce(margins.cm2, 0)) over (
                partition by periods.grain, periods.period
                order by periods.period_day
                rows between unbounded preceding and current row
            ) as cm2_so_far
        from periods
        left join margins on periods.period_day = margins.day
    ),

    compared as (
        select
            cumulated.grain,
            cumulated.period,
            cumulated.period_day,
            cumulated.cm2_so_far >= costs.cost_to_cover and costs.cost_to_cover > 0 as is_covered
        from cumulated
        inner join
            costs
            on cumulated.grain = costs.grain
            and cumulated.period is not distinct from costs.period
    ),

    turning_points as (
        select
            grain,
            period,
            min(case when is_covered then period_day end) as break_even_date,
            max(case when not is_covered then period_day end) as last_uncovered_day,
            max(period_day) as last_day,
            min(period_day) as first_day
        from compared
        group by 1, 2
    )

select
    grain,
    period,
    break_even_date,
    case
        when last_uncovered_day is null
        then first_day
        when last_uncovered_day < last_day
        then cast(last_uncovered_day + 1 as date)
    end as sustained_break_even_date
from turning_points
