select
    account_id,
    campaign_id,
    campaign_name,
    channel_type,
    status,
    updated_at,
    file_id,
    file_row,
    exported_at
from
    {{ newest(ref("stg_google_ads__campaigns"), ["account_id", "campaign_id"], "updated_at") }}
    as current_rows
