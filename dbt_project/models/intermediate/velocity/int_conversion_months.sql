{% set counts = ["converted", "left_otherwise", "censored", "longest_follow_up"] %}
with conversion_times as (select * from {{ ref("int_conversion_times") }})

select
    basis,
    stage_pair,
    cohort_month,
    dimension,
    member,
    elapsed,
    cast(sum(converted) as bigint) as converted,
    cast(sum(left_otherwise) as bigint) as left_otherwise,
    cast(sum(censored) as bigint) as censored,
    max(longest_follow_up) as longest_follow_up
from
    {{ total_and_cuts(
        "conversion_times",
        funnel_cuts(),
        ["basis", "stage_pair", "cohort_month", "elapsed"] + counts,
    ) }} as cuts
group by basis, stage_pair, cohort_month, dimension, member, elapsed
