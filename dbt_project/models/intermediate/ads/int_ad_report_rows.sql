{{ config(materialized="view") }}

with

    platform_rows as ({{ placed_ad_rows("campaign_days", ["spend_date"]) }}),
    template_rows as (select * from {{ ref("stg_template__ad_spend") }})

select
    source,
    source as platform,
    account_id,
    account_id as account_key,
    campaign_id,
    campaign_name,
    cast(null as string) as channel,
    cast(null as string) as purpose,
    spend_date,
    currency,
    breakdown,
    member,
    spend,
    impressions,
    clicks,
    conversions,
    conversions_value,
    claimed_leads,
    file_id,
    file_row,
    exported_at
from platform_rows
union all
select
    'template' as source,
    platform,
    account_id,
    platform || ' ' || account_id || ' ' || channel as account_key,
    campaign_id,
    campaign_name,
    channel,
    purpose,
    spend_date,
    coalesce(currency, {{ declared_currency("template") }}) as currency,
    'campaign' as breakdown,
    cast(null as string) as member,
    spend,
    impressions,
    clicks,
    conversions,
    cast(null as decimal(20, 6)) as conversions_value,
    cast(null as bigint) as claimed_leads,
    file_id,
    file_row,
    exported_at
from template_rows
