select
    {{ period_start("month", "day") }} as month,
    cast(sum(cost_rows) as bigint) as cost_rows,
    cast(sum(media_spend) as decimal(20, 6)) as media_spend,
    cast(sum(loaded_cost) as decimal(20, 6)) as loaded_cost
from {{ ref("int_cac_facts") }}
where day <= {{ as_of_date() }}
group by 1
