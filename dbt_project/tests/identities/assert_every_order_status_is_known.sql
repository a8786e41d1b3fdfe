{{ config(meta={
    "identity": "S2",
    "owner": "finance",
    "remedy": "The status shown is not in seeds/order_statuses.csv: add it there and say whether such an order is "
        ~ "revenue."
}) }}

select orders.source, orders.status, count(*) as orders
from {{ ref("int_orders") }} as orders
left join
    {{ ref("order_statuses") }} as statuses
    on orders.source = statuses.source
    and orders.status = statuses.status
where orders.status is not null and statuses.status is null
group by 1, 2
