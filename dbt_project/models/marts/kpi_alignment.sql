select
    -- keys
    month,
    owner_team,
    commitment,
    basis,
    due_date,
    {{ as_of_date() }} as as_of,

    -- measures
    is_due,
    is_kept,
    not_due_because,
    value,
    threshold,
    note
from {{ ref("int_commitments") }}
