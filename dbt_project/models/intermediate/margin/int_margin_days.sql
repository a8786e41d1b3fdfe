with

    events as (
        select events.*, {{ month_in_calendar("events.day") }} as month
        from {{ ref("int_margin_events") }} as events
        cross join {{ first_calendar_day() }}
        where events.day between calendar.first_day and {{ as_of_date() }}
    ),

    marketing as (
        select marketing.*, {{ month_in_calendar("marketing.day") }} as month
        from {{ ref("int_direct_marketing_days") }} as marketing
        cross join {{ first_calendar_day() }}
        where marketing.day between calendar.first_day and {{ as_of_date() }}
    ),

    {% set of_marketing = {
        "media_spend": "sum(media_spend)", "direct_marketing": "sum(direct_marketing)",
        "claimed_value": "sum(claimed_value)", "spend_with_value": "sum(spend_with_value)",
    } %}
    {% set measures = margin_counts() + margin_amounts() %}
    channel_days as (
        select day, false as is_monthly, basis, channel, {{ margin_sums() }}
        from events
        group by day, basis, channel
        union all
        select day, is_monthly, cast(null as string), channel, {{ margin_measures(of_marketing) }}
        from marketing
        group by day, is_monthly, channel
    ),

    -- A week of a segment or a campaign is nobody's question.
    campaign_months as (
        select month as day, true as is_monthly, basis, segment, campaign, {{ margin_sums() }}
        from events
        group by month, basis, segment, campaign
        union all
        select
            month,
            true,
            cast(null as string),
            '(shared)',
            campaign,
            {{ margin_measures(of_marketing) }}
        from marketing
        group by month, campaign
    ),

    cuts as (
        select '' as dimension, '' as member, day, is_monthly, basis, {{ measures | join(", ") }}
        from channel_days
        union all
        select 'channel', channel, day, is_monthly, basis, {{ measures | join(", ") }}
        from channel_days
        union all
        select 'segment', segment, day, is_monthly, basis, {{ measures | join(", ") }}
        from campaign_months
        union all
        select 'campaign', campaign, day, is_monthly, basis, {{ measures | join(", ") }}
        from campaign_months
    )

select cuts.day, cuts.is_monthly, bases.basis, cuts.dimension, cuts.member, {{ margin_sums() }}
from cuts
-- Without a basis it counts alike on both.
inner join {{ revenue_bases() }} on coalesce(cuts.basis, bases.basis) = bases.basis
group by 1, 2, 3, 4, 5
