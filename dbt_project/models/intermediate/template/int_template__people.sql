select
    person_key,
    {{ key_number("person_key") }} as record_no,
    {{ key_number("email_key") }} as email_no,
    customer_key,
    {{ effective("merged_into_key", local_date("merged_at")) }} as merged_into_key,
    created_at,
    source_channel,
    source_campaign,
    merged_at,
    deleted_at,
    deleted_reason,
    is_test,
    updated_at,
    file_id,
    file_row,
    exported_at
from {{ newest(ref("stg_template__people"), ["person_key"], "updated_at") }} as current_rows
