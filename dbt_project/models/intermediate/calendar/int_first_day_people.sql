with

    days as (
        select {{ local_date("min(created_at)") }} as first_day
        from {{ ref("int_records") }}
        union all
        select {{ local_date("min(entered_at)") }}
        from {{ ref("int_stage_events") }}
        union all
        select least(min(created_date), min(coalesce(closed_date, created_date)))
        from {{ ref("int_opportunities") }}
    )

-- A year typed wrong must not make a calendar of two thousand years; identity G2 names the row.
select
    case
        when min(first_day) < date '1990-01-01' then date '1990-01-01' else min(first_day)
    end as first_day
from days
