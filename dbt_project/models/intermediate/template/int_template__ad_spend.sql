select
    platform,
    account_id,
    campaign_id,
    campaign_name,
    channel,
    spend_date,
    currency,
    purpose,
    spend,
    impressions,
    clicks,
    conversions,
    file_id,
    file_row,
    exported_at
from
    {{ newest_export(ref("stg_template__ad_spend"), ["platform", "account_id", "channel", "spend_date"]) }}
    as current_rows
