select
    customer_key,
    email_key,
    parent_customer_key,
    referred_by_key,
    created_at,
    segment,
    source_channel,
    file_id,
    file_row,
    exported_at
from {{ newest(ref("stg_template__customers"), ["customer_key"]) }} as current_rows
