with events as (select * from {{ ref("int_margin_events") }})

select
    day,
    false as is_monthly,
    basis,
    channel,
    cast(sum(orders) as bigint) as orders,
    cast(sum(units) as bigint) as units,
    cast(count(*) as bigint) as revenue_rows,
    cast(sum(case when not is_cogs_missing then 1 else 0 end) as bigint) as rows_with_cogs,
    cast(sum(case when not is_cost_missing then 1 else 0 end) as bigint) as rows_with_cost,
    cast(sum(gross) as decimal(20, 6)) as gross,
    cast(sum(net_revenue) as decimal(20, 6)) as net_revenue,
    cast(sum(case when not is_cost_missing then orders else 0 end) as bigint) as orders_with_cost,
    cast(
        sum(case when not is_cogs_missing then net_revenue else 0 end) as decimal(20, 6)
    ) as net_revenue_with_cogs,
    cast(
        sum(case when not is_cost_missing then net_revenue else 0 end) as decimal(20, 6)
    ) as net_revenue_with_cost,
    cast(sum(case when not is_cogs_missing then cogs else 0 end) as decimal(20, 6)) as cogs,
    cast(
        sum(case when not is_cost_missing then cogs else 0 end) as decimal(20, 6)
    ) as cogs_with_cost,
    cast(
        sum(case when not is_cost_missing then variable_cost else 0 end) as decimal(20, 6)
    ) as variable_cost
from events
group by 1, 2, 3, 4
