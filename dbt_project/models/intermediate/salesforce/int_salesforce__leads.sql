-- A merge deletes the loser, so the loser's last change is the merge.
select
    lead_key,
    {{ key_number("lead_key") }} as record_no,
    {{ effective("master_record_key", local_date("updated_at")) }} as master_record_key,
    {{ key_number("email_key") }} as email_no,
    owner_id,
    {{ effective("converted_account_key", "converted_date") }} as converted_account_key,
    {{ effective("converted_contact_key", "converted_date") }} as converted_contact_key,
    {{ effective("converted_opportunity_id", "converted_date") }} as converted_opportunity_id,
    is_deleted,
    lead_source,
    status,
    coalesce({{ effective("is_converted", "converted_date") }}, false) as is_converted,
    converted_date,
    created_at,
    updated_at,
    file_id,
    file_row,
    exported_at
from {{ newest(ref("stg_salesforce__leads"), ["lead_key"], "updated_at") }} as current_rows
