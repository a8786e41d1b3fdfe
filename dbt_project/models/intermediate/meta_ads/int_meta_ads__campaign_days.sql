select
    account_id,
    campaign_id,
    campaign_name,
    spend_date,
    currency,
    breakdown,
    spend,
    impressions,
    clicks,
    file_id,
    file_row,
    exported_at
from
    {{ newest_export(ref("stg_meta_ads__campaign_days"), ["account_id", "spend_date"]) }}
    as current_rows
