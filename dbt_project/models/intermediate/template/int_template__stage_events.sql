select person_key, stage, entered_at, reason, owner, file_id, file_row, exported_at
from
    {{ newest(ref("stg_template__stage_events"), ["person_key", "stage", "entered_at"]) }}
    as current_rows
