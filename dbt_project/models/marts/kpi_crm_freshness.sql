select
    -- keys
    source,
    object,
    {{ as_of_date() }} as as_of,

    -- measures
    records,
    last_changed_at,
    {{ ratio("age_seconds", "3600") }} as age_hours,
    max_age_days,
    is_late
from {{ ref("int_crm_freshness") }}
