{{ config(meta={
    "identity": "conservation",
    "owner": "marketing",
    "remedy": "The export shown was replaced by a newer one of the same day that has none of its campaigns, and neither "
        ~ "names an account: they look like two accounts. Take both away (duet forget FILE) and export them with the "
        ~ "account id (templates: fill in account); or forget the one that is not wanted."
}) }}

with

    landed as (
        select
            'google_ads' as source,
            account_id as account,
            coalesce(campaign_id, campaign_name, '') as campaign,
            spend_date,
            spend,
            file_id,
            file_row
        from {{ ref("stg_google_ads__campaign_days") }}
        where account_id = '(unknown)'
        union all
        select
            'meta_ads',
            account_id,
            coalesce(campaign_id, campaign_name, ''),
            spend_date,
            spend,
            file_id,
            file_row
        from {{ ref("stg_meta_ads__campaign_days") }}
        where account_id = '(unknown)'
        union all
        select
            'template',
            platform || ' ' || channel,
            coalesce(campaign_id, campaign_name, ''),
            spend_date,
            spend,
            file_id,
            file_row
        from {{ ref("stg_template__ad_spend") }}
        where account_id = ''
    ),

    current_exports as (
        select distinct 'google_ads' as source, account_id as account, spend_date, file_id
        from {{ ref("int_google_ads__campaign_days") }}
        union all
        select distinct 'meta_ads', account_id, spend_date, file_id
        from {{ ref("int_meta_ads__campaign_days") }}
        union all
        select distinct 'template', platform || ' ' || channel, spend_date, file_id
        from {{ ref("int_template__ad_spend") }}
        where account_id = ''
    ),

    placed as (
        select landed.*, current_exports.file_id is not null as is_current
        from landed
        left join
            current_exports
            on landed.source = current_exports.source
            and landed.account = current_exports.account
            and landed.spend_date = current_exports.spend_date
            and landed.file_id = current_exports.file_id
    ),

    current_campaigns as (
        select distinct source, account, campaign, spend_date from placed where is_current
    ),

    replaced as (
        select
            placed.source,
            placed.account,
            placed.spend_date,
            placed.file_id,
            min(placed.file_row) as file_row,
            sum(placed.spend) as spend,
            count(current_campaigns.campaign) as shared_campaigns
        from placed
        left join
            current_campaigns
            on placed.source = current_campaigns.source
            and placed.account = current_campaigns.account
            and placed.campaign = current_campaigns.campaign
            and placed.spend_date = current_campaigns.spend_date
        where not placed.is_current
        group by 1, 2, 3, 4
    )

select source, account, file_id, file_row, spend_date, spend
from replaced
where shared_campaigns = 0 and spend <> 0
