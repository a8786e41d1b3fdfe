select currency, rate_date, rate, file_id, file_row, exported_at
from {{ newest(ref("stg_template__fx_rates"), ["currency", "rate_date"]) }} as current_rows
