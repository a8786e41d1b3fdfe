select
    campaign_id,
    is_deleted,
    campaign_name,
    campaign_type,
    status,
    start_date,
    end_date,
    created_at,
    updated_at,
    actual_cost,
    file_id,
    file_row,
    exported_at
from {{ newest(ref("stg_salesforce__campaigns"), ["campaign_id"], "updated_at") }} as current_rows
