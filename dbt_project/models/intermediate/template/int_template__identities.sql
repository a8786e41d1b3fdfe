select visitor_key, person_key, identified_at, file_id, file_row, exported_at
from
    {{ newest(ref("stg_template__identities"), ["visitor_key", "person_key", "identified_at"]) }}
    as current_rows
