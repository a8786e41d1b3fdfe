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
        select
            platform,
            spend_date as day,
            sum(conversions) as claimed,
            sum(claimed_leads) as claimed_leads,
            sum(case when claimed_leads is not null then spend end) as spend_with_leads,
            count(*) as report_rows
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
        select
            day,
            platform,
            claimed,
            claimed_leads,
            spend_with_leads,
            report_rows,
            0 as mapped,
            0 as crm_wins
        from claims
        union all
        select wins.day, platform_channels.platform, null, null, null, 0, wins.wins, 0
        from wins
        inner join platform_channels on wins.channel = platform_channels.channel
        union all
        -- Days without claims or wins: a period of them has a row all the same.
        select periods.period_day, platforms.platform, null, null, null, 0, 0, 0
        from periods
        cross join platforms
        where periods.grain = 'day'
        union all
        -- All platforms together: a win counts once, however many of them claim it. Leads
        -- that two of them claim cannot be told from others, so they have no sum.
        select day, '', claimed, null, null, report_rows, 0, 0
        from claims
        union all
        select
            wins.day,
            '',
            null,
            null,
            null,
            0,
            case when channels.channel is not null then wins.wins else 0 end,
            wins.wins
        from wins
        left join
            (select distinct channel from platform_channels) as channels
            on wins.channel = channels.channel
        union all
        select period_day, '', null, null, null, 0, 0, 0
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
    cast(sum(facts.claimed_leads) as bigint) as claimed_leads,
    cast(sum(facts.spend_with_leads) as decimal(20, 6)) as spend_with_leads,
    cast(sum(facts.mapped) as bigint) as mapped,
    cast(sum(facts.crm_wins) as bigint) as crm_wins
from facts
inner join periods on facts.day = periods.period_day
group by periods.grain, periods.period, periods.is_complete, facts.platform
