-- A merge deletes the loser, so the loser's last change is the merge.
select
    contact_key,
    {{ key_number("contact_key") }} as record_no,
    {{ effective("master_record_key", local_date("updated_at")) }} as master_record_key,
    account_key,
    {{ key_number("email_key") }} as email_no,
    owner_id,
    is_deleted,
    lead_source,
    created_at,
    updated_at,
    file_id,
    file_row,
    exported_at
from {{ newest(ref("stg_salesforce__contacts"), ["contact_key"], "updated_at") }} as current_rows
