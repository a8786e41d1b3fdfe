select
    touch_id,
    visitor_key,
    touched_at,
    channel,
    campaign,
    touch_type,
    cost,
    file_id,
    file_row,
    exported_at
from {{ newest(ref("stg_template__touches"), ["touch_id"]) }} as current_rows
