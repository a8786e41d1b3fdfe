select
    opportunity_id,
    account_key,
    campaign_id,
    owner_id,
    is_deleted,
    stage,
    currency,
    close_date,
    opportunity_type,
    lead_source,
    is_closed,
    is_won,
    created_at,
    updated_at,
    amount,
    file_id,
    file_row,
    exported_at
from
    {{ newest(ref("stg_salesforce__opportunities"), ["opportunity_id"], "updated_at") }}
    as current_rows
