with

    refunds as (select * from {{ ref("int_order_refunds") }}),
    orders as (select * from {{ ref("fct_orders") }})

select
    -- keys
    refunds.refund_id,
    refunds.order_id,
    refunds.source,

    -- dimensions
    refunds.refund_date,
    refunds.order_basis_date,
    coalesce(orders.channel, '(unattributed)') as channel,
    refunds.currency,
    refunds.is_counted,
    refunds.is_order_unknown,
    coalesce(orders.is_cogs_missing, false) as is_cogs_missing,
    coalesce(orders.is_cost_missing, false) as is_cost_missing,

    -- measures
    cast(refunds.amount as decimal(20, 6)) as amount,
    cast(refunds.net_refund as decimal(20, 6)) as net_refund
from refunds
left join orders on refunds.order_id = orders.order_id
