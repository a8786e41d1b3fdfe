{{ config(meta={
    "identity": "M3",
    "owner": "finance",
    "remedy": "A margin is above the one before it although no cost is negative: a cost line sits in the wrong level."
}) }}

select
    'order ' || order_id as what,
    order_date as day,
    net_revenue,
    cm1,
    cm2,
    cast(null as decimal(20, 6)) as cm3
from {{ ref("fct_orders") }}
where (cogs >= 0 and cm1 > net_revenue) or (variable_cost >= 0 and cm2 > cm1)
union all
select grain || ' ' || basis || ' ' || member, period, net_revenue, cm1, cm2, cm3
from {{ ref("kpi_contribution_margin") }}
where direct_marketing >= 0 and cm3 > cm2
