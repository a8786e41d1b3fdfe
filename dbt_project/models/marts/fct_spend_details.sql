with

    current_rows as (
        select *
        from {{ ref("int_ad_current_rows") }}
        where breakdown not in ('account', 'campaign') and spend_date <= {{ as_of_date() }}
    ),

    comparisons as (
        select *
        from {{ ref("int_ad_comparisons") }}
        where breakdown not in ('account', 'campaign') and spend_date <= {{ as_of_date() }}
    ),

    fx_days as (select * from {{ ref("int_fx_days") }}),

    members as (
        select
            source,
            platform,
            account_id,
            breakdown,
            coalesce(campaign_id, campaign_name, '(unknown)') as campaign_id,
            coalesce(max(campaign_name), max(campaign_id), '(unknown)') as campaign_name,
            coalesce(member, '(unknown)') as member,
            spend_date,
            currency,
            {{ added_up_figures() }},
            cast(sum(report_rows) as bigint) as report_rows
        from current_rows
        group by
            source,
            platform,
            account_id,
            breakdown,
            coalesce(campaign_id, campaign_name, '(unknown)'),
            coalesce(member, '(unknown)'),
            spend_date,
            currency
    ),

    -- What the breakdown leaves out of the spend that we publish for the day; negative where it
    -- says more.
    remainders as (
        select
            source,
            platform,
            account_id,
            breakdown,
            '__unallocated__' as campaign_id,
            '__unallocated__' as campaign_name,
            '__unallocated__' as member,
            spend_date,
            currency,
            cast(total_spend - coalesce(reported_spend, 0) as decimal(20, 6)) as spend,
            total_impressions - coalesce(reported_impressions, 0) as impressions,
            total_clicks - coalesce(reported_clicks, 0) as clicks,
            cast(
                total_conversions - coalesce(reported_conversions, 0) as decimal(20, 6)
            ) as conversions,
            cast(0 as bigint) as report_rows
        from comparisons
    ),

    details as (
        select *
        from members
        union all
        select *
        from remainders
        where spend <> 0 or impressions <> 0 or clicks <> 0 or conversions <> 0
    )

select
    -- dimensions
    details.source,
    details.platform,
    details.account_id,
    details.breakdown,
    details.campaign_id,
    details.campaign_name,
    details.member,
    details.spend_date,
    details.currency,

    -- measures
    details.spend as spend_in_currency,
    {{
        money(
            "details.spend * "
            ~ fx_rate("details.currency", "fx_days.rate")
        )
    }} as spend,
    details.impressions,
    details.clicks,
    details.conversions,
    details.report_rows
from details
left join fx_days on details.currency = fx_days.currency and details.spend_date = fx_days.rate_date
