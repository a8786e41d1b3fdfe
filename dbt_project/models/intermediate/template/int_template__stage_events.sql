with

    versions as (
        select {{ key_number("person_key") }} as record_no, events.*
        from {{ ref("stg_template__stage_events") }} as events
    )

select record_no, stage, entered_at, reason, owner, file_id
from {{ newest("versions", ["record_no", "stage", "entered_at"]) }} as current_rows
