-- A merge deletes the loser, so the loser's last change is the merge.
select
    account_key,
    parent_key,
    {{ effective("master_record_key", local_date("updated_at")) }} as master_record_key,
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
