select
    -- keys
    record_key,
    person_id,

    -- dimensions
    source,
    exclusion_reason,
    role,
    evidence,
    fate,
    {{ local_date("created_at") }} as first_seen_date,
    {{ local_date("last_seen_at") }} as last_seen_date
from {{ ref("int_record_fates") }}
