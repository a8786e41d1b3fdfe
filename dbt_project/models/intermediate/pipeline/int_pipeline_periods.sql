with

    day_periods as (select * from {{ ref("int_periods") }}),

    ends as (
        select grain, period, is_complete, min(period_day) as first_day, max(period_day) as last_day
        from day_periods
        group by grain, period, is_complete
    )

select
    days.dimension,
    days.member,
    ends.grain,
    ends.period,
    ends.last_day,
    ends.is_complete,
    {%- for change in pipeline_changes() + ["revalued"] %}
        cast(sum(days.{{ change }}) as decimal(28, 8)) as {{ change }},
    {%- endfor %}
    cast(
        sum(case when days.date_day = ends.first_day then days.open_start else 0 end) as decimal(
            28, 8
        )
    ) as open_start,
    cast(
        sum(case when days.date_day = ends.last_day then days.open_end else 0 end) as decimal(28, 8)
    ) as open_end,
    cast(
        sum(
            case when days.date_day = ends.first_day then days.open_deals_start else 0 end
        ) as bigint
    ) as open_deals_start,
    cast(
        sum(case when days.date_day = ends.last_day then days.open_deals_end else 0 end) as bigint
    ) as open_deals_end
from {{ ref("int_pipeline_days") }} as days
inner join day_periods on days.date_day = day_periods.period_day
inner join
    ends on day_periods.grain = ends.grain and day_periods.period is not distinct from ends.period
group by days.dimension, days.member, ends.grain, ends.period, ends.last_day, ends.is_complete
