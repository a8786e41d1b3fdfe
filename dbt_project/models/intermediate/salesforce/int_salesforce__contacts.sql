select
    contact_key,
    master_record_key,
    account_key,
    email_key,
    owner_id,
    is_deleted,
    lead_source,
    created_at,
    updated_at,
    file_id,
    file_row,
    exported_at
from {{ newest(ref("stg_salesforce__contacts"), ["contact_key"], "updated_at") }} as current_rows
