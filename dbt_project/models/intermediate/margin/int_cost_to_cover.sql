with

    periods as (select * from {{ ref("int_periods") }} where grain not in ('day', 'week')),

    costs as (
        select day, spend as amount, 'media' as kind
        from {{ ref("int_media_days") }}
        union all
        select month, amount, case when is_fixed then 'fixed' else 'other' end
        from {{ ref("int_costs") }}
        where pool <> 'media'
    )

select
    periods.grain,
    periods.period,
    cast(
        coalesce(sum(case when kind = 'fixed' then amount end), 0) as decimal(20, 6)
    ) as fixed_cost,
    cast(
        coalesce(sum(case when kind = 'media' then amount end), 0) as decimal(20, 6)
    ) as media_spend,
    cast(
        coalesce(sum(case when kind = 'other' then amount end), 0) as decimal(20, 6)
    ) as other_cost,
    cast(coalesce(sum(amount), 0) as decimal(20, 6)) as cost_to_cover
from periods
left join costs on periods.period_day = costs.day
group by 1, 2
