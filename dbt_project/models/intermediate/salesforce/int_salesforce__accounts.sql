select
    account_key,
    parent_key,
    master_record_key,
    is_deleted,
    account_type,
    industry,
    account_source,
    created_at,
    updated_at,
    file_id,
    file_row,
    exported_at
from {{ newest(ref("stg_salesforce__accounts"), ["account_key"], "updated_at") }} as current_rows
