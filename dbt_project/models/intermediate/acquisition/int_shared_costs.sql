{% set driver = var("cac")["shared_cost_driver"] %}
{% set driven_by = {
    "media_share": "media_spend", "customer_share": "new_customers", "touch_share": "touches"
}[driver] %}
with

    facts as (
        select day, channel, loaded_cost, media_spend, new_customers, 0 as touches
        from {{ ref("int_cac_facts") }}
        where channel is not null
        union all
        -- Only who shares out by touches has to read them.
        select touch_date, channel, 0, 0, 0, 1
        from {{ ref("int_touches") }}
        where {{ driver == "touch_share" }} and channel <> '(unknown)'
    ),

    channel_months as (
        select
            {{ period_start("month", "day") }} as month,
            channel,
            sum(case when channel = '(shared)' then loaded_cost else 0 end) as shared_cost,
            sum({{ driven_by }}) as driver
        from facts
        group by 1, 2
    ),

    shared as (select month, shared_cost from channel_months where channel = '(shared)'),

    -- Parts are differences of rounded sums so far, so that they add up to the shared cost.
    driven as (
        select
            channel_months.month,
            channel_months.channel,
            shared.shared_cost,
            sum(channel_months.driver) over (partition by channel_months.month) as whole_driver,
            sum(channel_months.driver) over (
                partition by channel_months.month
                order by channel_months.channel
                rows between unbounded preceding and current row
            ) as driver_so_far
        from channel_months
        inner join shared on channel_months.month = shared.month
        where channel_months.channel <> '(shared)' and channel_months.driver > 0
    ),

    borne as (
        select
            month,
            channel,
            case
                when driver_so_far = whole_driver
                then cast(shared_cost as decimal(20, 6))
                else
                    cast(
                        {{
                            ratio(
                                "cast(cast(shared_cost as decimal(18, 6)) * cast(driver_so_far as decimal(19, 6)) as decimal(28, 8))",
                                "whole_driver"
                            )
                        }}
                        as decimal(20, 6)
                    )
            end as borne_so_far
        from driven
    ),

    allocated as (
        select
            month,
            channel,
            borne_so_far - coalesce(
                lag(borne_so_far) over (partition by month order by channel), 0
            ) as allocated_cost
        from borne
    )

select month, channel, cast(allocated_cost as decimal(20, 6)) as allocated_cost
from allocated
union all
-- What the channels take leaves (shared); a month in which nothing drives it keeps it there.
select month, '(shared)', cast(0 - sum(allocated_cost) as decimal(20, 6))
from allocated
group by month
