-- A merge deletes the loser, so the loser's last change is the merge.
select
    contact_key,
    {{ effective("master_record_key", local_date("updated_at")) }} as master_record_key,
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
