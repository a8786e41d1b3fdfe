select
    pool,
    month,
    channel,
    purpose,
    currency,
    is_fixed,
    months,
    amount,
    acquisition_share,
    file_id,
    file_row,
    exported_at
from {{ newest_export(ref("stg_template__costs"), ["pool", "month"]) }} as current_rows
