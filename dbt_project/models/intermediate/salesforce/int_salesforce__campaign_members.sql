select
    campaign_member_id,
    campaign_id,
    lead_key,
    contact_key,
    is_deleted,
    status,
    has_responded,
    first_responded_date,
    created_at,
    updated_at,
    file_id,
    file_row,
    exported_at
from
    {{ newest(ref("stg_salesforce__campaign_members"), ["campaign_member_id"], "updated_at") }}
    as current_rows
