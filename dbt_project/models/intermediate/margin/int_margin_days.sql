with

    events as (select * from {{ ref("int_margin_events") }})
    {% set columns = ["day", "is_monthly", "basis"] + margin_counts() + margin_amounts() %}

select day, is_monthly, basis, dimension, member, {{ margin_sums() }}
from {{ total_and_cuts("events", ["channel", "segment", "campaign"], columns) }} as cut
group by 1, 2, 3, 4, 5
