with

    campaign_days as (select * from {{ ref("int_google_ads__campaign_days") }}),
    campaigns as (select * from {{ ref("int_google_ads__campaigns") }}),
    accounts as (select * from {{ ref("int_google_ads__accounts") }}),

    google_ads as (
        select
            'google_ads' as source,
            'google_ads' as platform,
            campaign_days.account_id,
            campaign_days.campaign_id,
            coalesce(campaign_days.campaign_name, campaigns.campaign_name) as campaign_name,
            'channel_type' as channel_field,
            campaigns.channel_type as channel_value,
            campaign_days.spend_date,
            coalesce(
                campaign_days.currency, accounts.currency, {{ declared_currency("google_ads") }}
            ) as currency,
            cast(null as string) as purpose,
            campaign_days.spend as spend_in_currency,
            campaign_days.impressions,
            campaign_days.clicks,
            campaign_days.conversions,
            campaign_days.file_id,
            campaign_days.file_row
        from campaign_days
        left join
            campaigns
            on campaign_days.account_id = campaigns.account_id
            and campaign_days.campaign_id = campaigns.campaign_id
        left join accounts on campaign_days.account_id = accounts.account_id
    ),

    meta_ads as (
        select
            'meta_ads' as source,
            'meta_ads' as platform,
            account_id,
            campaign_id,
            campaign_name,
            'platform' as channel_field,
            'meta_ads' as channel_value,
            spend_date,
            coalesce(currency, {{ declared_currency("meta_ads") }}) as currency,
            cast(null as string) as purpose,
            spend,
            impressions,
            clicks,
            -- A result is whatever the campaign aims at, so it is not a conversion.
            cast(null as decimal(20, 6)) as conversions,
            file_id,
            file_row
        from {{ ref("int_meta_ads__campaign_days") }}
    ),

    template as (
        select
            'template' as source,
            platform,
            account_id,
            campaign_id,
            campaign_name,
            'channel' as channel_field,
            channel as channel_value,
            spend_date,
            coalesce(currency, {{ declared_currency("template") }}) as currency,
            purpose,
            spend,
            impressions,
            clicks,
            conversions,
            file_id,
            file_row
        from {{ ref("int_template__ad_spend") }}
    )

select *
from google_ads
union all
select *
from meta_ads
union all
select *
from template
