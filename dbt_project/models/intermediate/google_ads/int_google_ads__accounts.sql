select account_id, currency, time_zone, updated_at, file_id, file_row, exported_at
from {{ newest(ref("stg_google_ads__accounts"), ["account_id"], "updated_at") }} as current_rows
