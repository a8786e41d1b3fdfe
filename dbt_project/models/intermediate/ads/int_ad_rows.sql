{{ config(materialized="view") }}

with

    current_rows as (select * from {{ ref("int_ad_current_rows") }} where is_feeding),
    totals as (select * from {{ ref("int_ad_day_totals") }} where has_unallocated)

select
    source,
    platform,
    account_id,
    campaign_id,
    campaign_name,
    channel_field,
    channel_value,
    spend_date,
    currency,
    purpose,
    spend as spend_in_currency,
    impressions,
    clicks,
    conversions,
    conversions_value,
    claimed_leads,
    report_rows,
    file_id,
    file_row
from current_rows
union all
select
    source,
    platform,
    account_id,
    '__unallocated__' as campaign_id,
    '__unallocated__' as campaign_name,
    'channel_type' as channel_field,
    '__unallocated__' as channel_value,
    spend_date,
    currency,
    cast(null as string) as purpose,
    unallocated_spend,
    unallocated_impressions,
    unallocated_clicks,
    unallocated_conversions,
    cast(null as decimal(20, 6)) as conversions_value,
    cast(null as bigint) as claimed_leads,
    cast(0 as bigint) as report_rows,
    account_file_id,
    account_file_row
from totals
