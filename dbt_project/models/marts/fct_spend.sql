{% set key = ["source", "account_id", "spend_date"] %}
{{ config(materialized=keyed(), key=key) }}
{% set keys = touched({
    "int_spend_days": "select " ~ key | join(", ") ~ " from {changes}",
    "as_of": "select " ~ key | join(", ") ~ " from " ~ ref("int_spend_days") ~ " where spend_date > {since}",
}) %}

with

    spend_days as (
        select *
        from {{ only(ref("int_spend_days"), keys, key) }} as spend_days
        where spend_date <= {{ as_of_date() }}
    )

select
    -- dimensions
    source,
    platform,
    account_id,
    campaign_id,
    max(campaign_name) as campaign_name,
    channel,
    purpose,
    is_purpose_tagged,
    spend_date,
    currency,

    -- measures
    cast(sum(spend_in_currency) as decimal(20, 6)) as spend_in_currency,
    cast(sum(spend) as decimal(20, 6)) as spend,
    cast(sum(spend_at_constant_rates) as decimal(20, 6)) as spend_at_constant_rates,
    cast(sum(impressions) as bigint) as impressions,
    cast(sum(clicks) as bigint) as clicks,
    cast(sum(conversions) as decimal(20, 6)) as conversions,
    cast(sum(conversions_value) as decimal(20, 6)) as conversions_value,
    cast(
        coalesce(sum(case when conversions_value is not null then spend end), 0) as decimal(20, 6)
    ) as spend_with_value,
    cast(sum(claimed_leads) as bigint) as claimed_leads,
    cast(
        coalesce(sum(case when claimed_leads is not null then spend end), 0) as decimal(20, 6)
    ) as spend_with_leads,
    cast(sum(report_rows) as bigint) as report_rows
from spend_days
group by
    source,
    platform,
    account_id,
    campaign_id,
    channel,
    purpose,
    is_purpose_tagged,
    spend_date,
    currency
