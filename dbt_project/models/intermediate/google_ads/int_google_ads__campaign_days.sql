select
    account_id,
    campaign_id,
    campaign_name,
    spend_date,
    currency,
    spend,
    impressions,
    clicks,
    conversions,
    file_id,
    file_row,
    exported_at
from
    {{ newest_export(ref("stg_google_ads__campaign_days"), ["account_id", "spend_date"]) }}
    as current_rows
