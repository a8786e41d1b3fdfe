with

    decisions as (
        select
            decision_id,
            decision,
            owner_team,
            owner,
            decided_date,
            due_date,
            -- What is closed later is still open as of the day.
            case when closed_date <= {{ as_of_date() }} then closed_date end as closed_date,
            note
        from {{ newest(ref("stg_template__decisions"), ["decision_id"]) }} as current_decisions
        where decided_date <= {{ as_of_date() }}
    )

select
    -- keys
    decision_id,

    -- dimensions
    decision,
    owner_team,
    owner,
    case
        when closed_date is not null
        then 'closed'
        when due_date <= {{ as_of_date() }}
        then 'overdue'
        else 'open'
    end as state,

    -- dates
    decided_date,
    due_date,
    closed_date,
    {{ as_of_date() }} as as_of,

    note
from decisions
