select
    order_key,
    -- One line without a cost makes the cost of the order unknown.
    case when count(*) = count(cogs) then cast(sum(cogs) as decimal(20, 6)) end as cogs
from {{ ref("int_shopify__priced_items") }}
group by order_key
