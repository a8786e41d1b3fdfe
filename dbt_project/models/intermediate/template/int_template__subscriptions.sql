select customer_key, month, currency, mrr, file_id, file_row, exported_at
from {{ newest(ref("stg_template__subscriptions"), ["customer_key", "month"]) }} as current_rows
