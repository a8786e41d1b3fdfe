with

    periods as (select * from {{ ref("int_periods") }} where grain not in ('day', 'week')),

    costs as (
        select
            day, purpose, is_purpose_tagged, spend as media_spend, 0 as other_cost, 1 as cost_rows
        from {{ ref("int_media_days") }}
        union all
        select month, purpose, is_purpose_tagged, 0, amount, 1
        from {{ ref("int_costs") }}
        where in_cac and pool <> 'media'
        union all
        -- A purpose without a cost is 0, not missing.
        select period_day, 'brand', true, 0, 0, 0
        from periods
        union all
        select period_day, 'activation', true, 0, 0, 0
        from periods
        union all
        select period_day, 'backstage', true, 0, 0, 0
        from periods
        union all
        select period_day, 'retention', true, 0, 0, 0
        from periods
    ),

    sums as (
        select
            periods.grain,
            periods.period,
            coalesce(costs.purpose, '(unknown)') as purpose,
            periods.is_complete,
            sum(costs.media_spend) as media_spend,
            sum(costs.other_cost) as other_cost,
            sum(costs.media_spend + costs.other_cost) as amount,
            sum(costs.cost_rows) as cost_rows,
            sum(
                case
                    when not costs.is_purpose_tagged
                    then costs.media_spend + costs.other_cost
                    else 0
                end
            ) as untagged_amount
        from costs
        inner join periods on costs.day = periods.period_day
        group by 1, 2, 3, 4
    ),

    totals as (
        select sums.*, sum(amount) over (partition by grain, period) as total_amount from sums
    )

select
    -- keys
    grain,
    period,
    purpose,
    is_complete,
    {{ as_of_date() }} as as_of,

    -- measures
    cast(media_spend as decimal(20, 6)) as media_spend,
    cast(other_cost as decimal(20, 6)) as other_cost,
    cast(amount as decimal(20, 6)) as amount,
    cast(untagged_amount as decimal(20, 6)) as untagged_amount,
    cast(total_amount as decimal(20, 6)) as total_amount,
    cast(cost_rows as bigint) as cost_rows,

    -- ratios
    {{ ratio("amount", positive("total_amount")) }} as spend_share,
    {{ ratio("untagged_amount", positive("total_amount")) }} as untagged_share
from totals
