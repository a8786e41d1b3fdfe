select
    event_id || coalesce('.' || event_fingerprint, '') as event_key,
    visitor_key,
    user_key,
    session_id,
    event_name,
    happened_at,
    page_url,
    referrer_host,
    utm_source,
    utm_medium,
    utm_campaign,
    click_id,
    click_network,
    file_id,
    file_row,
    exported_at
from {{ newest(ref("stg_snowplow__events"), ["event_id", "event_fingerprint"]) }} as current_rows
