select stage_id, pipeline_id, label, is_won, is_closed
from
    {{ newest(ref("stg_hubspot__deal_pipeline_stages"), ["stage_id"], "updated_at") }}
    as current_rows
