{% set key = ["source", "account_id", "spend_date"] %}
{{ config(materialized=keyed(), key=key) }}
{% set of_changes = "select " ~ key | join(", ") ~ " from {changes}" %}
{% set keys = touched({
    "int_ad_current_rows": of_changes,
    "int_ad_day_totals": of_changes,
    "int_fx_days": "select " ~ key | join(", ") ~ " from " ~ this ~ " where spend_date in (select rate_date from {changes})",
    "int_campaign_purposes": "select " ~ prefixed("days", key) ~ " from " ~ this ~ " as days "
        ~ "inner join {changes} as changes on days.source = changes.source and days.campaign_name = changes.campaign_name",
}) %}

with

    ad_rows as (select * from {{ only(ref("int_ad_rows"), keys, key) }} as ad_rows),
    fx_days as (select * from {{ ref("int_fx_days") }}),
    rules as (select * from {{ ref("channel_rules") }}),

    spend_days as (
        select
            ad_rows.source,
            ad_rows.platform,
            ad_rows.account_id,
            coalesce(ad_rows.campaign_id, ad_rows.campaign_name, '(unknown)') as campaign_id,
            coalesce(ad_rows.campaign_name, ad_rows.campaign_id, '(unknown)') as campaign_name,
            {{ channel_of("named.channel", "others.channel", "ad_rows.channel_value") }} as channel,
            coalesce(ad_rows.purpose, campaigns.purpose, pools.purpose) as purpose,
            coalesce(ad_rows.purpose, campaigns.purpose) is not null as is_purpose_tagged,
            ad_rows.spend_date,
            ad_rows.currency,
            ad_rows.spend_in_currency,
            {{ fx_rate("ad_rows.currency", "fx_days.rate") }} as fx_rate,
            {{ constant_rate("ad_rows.currency") }} as constant_fx_rate,
            ad_rows.impressions,
            ad_rows.clicks,
            ad_rows.conversions,
            ad_rows.conversions_value,
            ad_rows.claimed_leads,
            ad_rows.report_rows,
            ad_rows.file_id,
            ad_rows.file_row
        from ad_rows
        left join {{ ref("cost_pools") }} as pools on pools.pool = 'media'
        left join
            {{ ref("int_campaign_purposes") }} as campaigns
            on ad_rows.source = campaigns.source
            and ad_rows.campaign_name = campaigns.campaign_name
        left join
            fx_days
            on ad_rows.currency = fx_days.currency
            and ad_rows.spend_date = fx_days.rate_date
        left join
            rules as named
            on ad_rows.source = named.source
            and ad_rows.channel_field = named.field
            and lower(trim(ad_rows.channel_value)) = named.value
        left join
            rules as others
            on ad_rows.source = others.source
            and ad_rows.channel_field = others.field
            and others.value = '*'
    )

select
    source,
    platform,
    account_id,
    campaign_id,
    campaign_name,
    channel,
    purpose,
    is_purpose_tagged,
    spend_date,
    currency,
    spend_in_currency,
    fx_rate,
    constant_fx_rate,
    {{ at_rate("spend_in_currency", "fx_rate") }} as spend,
    {{ at_rate("spend_in_currency", "constant_fx_rate") }} as spend_at_constant_rates,
    impressions,
    clicks,
    conversions,
    {{ at_rate("conversions_value", "fx_rate") }} as conversions_value,
    claimed_leads,
    report_rows,
    file_id,
    file_row
from spend_days
