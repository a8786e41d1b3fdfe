select
    -- keys
    person_id || '-' || cast(event_no as string) as stage_event_id,
    person_id,

    -- dimensions
    stage,
    entered_date,
    evidence,
    source
from {{ ref("int_stage_events") }}
