select
    opportunity_id,
    person_key,
    customer_key,
    external_id,
    created_at,
    status,
    currency,
    stage,
    closed_at,
    opportunity_type,
    source_group,
    channel,
    owner,
    is_duplicate,
    updated_at,
    amount,
    amount_at_creation,
    file_id,
    file_row,
    exported_at
from
    {{ newest(ref("stg_template__opportunities"), ["opportunity_id"], "updated_at") }}
    as current_rows
