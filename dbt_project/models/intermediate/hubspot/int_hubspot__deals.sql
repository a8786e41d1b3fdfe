select
    deal_id,
    contact_keys,
    company_id,
    external_id,
    pipeline,
    stage,
    currency,
    deal_type,
    owner,
    created_at,
    closed_at,
    updated_at,
    amount,
    file_id,
    file_row,
    exported_at
from {{ newest(ref("stg_hubspot__deals"), ["deal_id"], "updated_at") }} as current_rows
