with

    months as (select month, cost_rows from {{ ref("int_cac_months") }}),

    spent as (
        select {{ period_start("month", "day") }} as month, channel, sum(media_spend) as media_spend
        from {{ ref("int_cac_facts") }}
        where channel is not null and channel <> '(shared)' and day <= {{ as_of_date() }}
        group by 1, 2
    ),

    channels as (
        select distinct
            channel,
            case
                when channel is null
                then 0
                {%- for channel, months in var("cac")["channel_lag_periods"].items() %}
                    when channel = '{{ channel }}' then {{ months }}
                {%- endfor %}
                else {{ var("cac")["lag_periods"] }}
            end as lag_months
        from spent
    ),

    period_months as (
        select distinct grain, period, {{ period_start("month", "period_day") }} as month
        from {{ ref("int_periods") }}
        where grain not in ('day', 'week', 'all')
    )

select
    period_months.grain,
    period_months.period,
    channels.channel,
    cast(channels.lag_months as bigint) as lag_months,
    -- A channel that spent nothing in a month of which costs are known spent 0.
    cast(
        case
            when count(case when months.cost_rows > 0 then 1 end) = count(*)
            then sum(coalesce(spent.media_spend, 0))
        end as decimal(20, 6)
    ) as lagged_media_spend
from period_months
cross join channels
left join
    months on months.month = {{ months_later("period_months.month", "0 - channels.lag_months") }}
left join
    spent
    on spent.channel = channels.channel
    and spent.month = {{ months_later("period_months.month", "0 - channels.lag_months") }}
group by period_months.grain, period_months.period, channels.channel, channels.lag_months
