with

    periods as (select * from {{ ref("int_periods") }}),
    spend_days as (
        select * from {{ ref("int_spend_days") }} where spend_date <= {{ as_of_date() }}
    ),
    platforms as (select distinct platform from spend_days where platform <> ''),
    -- Two platforms may share a channel: its wins map to both.
    platform_channels as (
        select distinct platform, channel
        from spend_days
        where platform <> '' and channel <> '(unknown)'
    ),

    claims as (
        select platform, spend_date as day, sum(conversions) as claimed, count(*) as report_rows
        from spend_days
        where platform <> ''
        group by platform, spend_date
    ),
    wins as (
        select became_customer_date as day, acquisition_channel as channel, count(*) as wins
        from {{ ref("int_customers") }}
        where became_customer_date <= {{ as_of_date() }}
        group by became_customer_date, acquisition_channel
    ),

    facts as (
        select day, platform, claimed, report_rows, 0 as mapped, 0 as crm_wins
        from claims
        union all
        select wins.day, platform_channels.platform, null, 0, wins.wins, 0
        from wins
        inner join platform_channels on wins.channel = platform_channels.channel
        union all
        -- Days without claims or wins: a period of them has a row all the same.
        select periods.period_day, platforms.platform, null, 0, 0, 0
        from periods
        cross join platforms
        where periods.grain = 'day'
        union all
        -- All platforms together: a win counts once, however many of them claim it.
        select day, '', claimed, report_rows, 0, 0
        from claims
        union all
        select
            wins.day,
            '',
            null,
            0,
            case when channels.channel is not null then wins.wins else 0 end,
            wins.wins
        from wins
        left join
            (select distinct channel from platform_channels) as channels
            on wins.channel = channels.channel
        union all
        select period_day, '', null, 0, 0, 0
        from periods
        where grain = 'day'
    )

select
    periods.grain,
    periods.period,
    periods.is_complete,
    facts.platform,
    -- Without a row nothing was claimed; rows that do not say leave it unknown.
    cast(
        case when sum(facts.report_rows) > 0 then sum(facts.claimed) else 0 end as decimal(20, 6)
    ) as claimed,
    cast(sum(facts.mapped) as bigint) as mapped,
    cast(sum(facts.crm_wins) as bigint) as crm_wins
from facts
inner join periods on facts.day = periods.period_day
group by periods.grain, periods.period, periods.is_complete, facts.platform
