with

    orders as (
        select
            int_order_revenue.*,
            coalesce(customers.acquisition_channel, '(unattributed)') as channel
        from {{ ref("int_order_revenue") }} as int_order_revenue
        left join
            {{ ref("int_customers") }} as customers
            on int_order_revenue.customer_id = customers.customer_id
        where int_order_revenue.counts_as_revenue
    ),

    sold as (
        select
            orders.order_date as day,
            bases.basis,
            orders.channel,
            1 as orders,
            case
                when orders.net_revenue > 0 and not orders.is_cost_missing then 1 else 0
            end as units,
            orders.gross,
            case
                when bases.basis = 'order_basis'
                then orders.net_revenue
                else orders.net_before_refunds
            end as net_revenue,
            orders.cogs,
            orders.variable_cost,
            orders.is_cogs_missing,
            orders.is_cost_missing
        from orders
        cross join
            (
                select 'order_basis' as basis
                union all
                select 'transaction_basis'
            ) as bases
    ),

    refunded as (
        select
            case
                when bases.basis = 'order_basis'
                then refunds.order_basis_date
                else refunds.refund_date
            end as day,
            bases.basis,
            coalesce(orders.channel, '(unattributed)') as channel,
            0 as orders,
            0 as units,
            0 as gross,
            0 - refunds.net_refund as net_revenue,
            0 as cogs,
            0 as variable_cost,
            coalesce(orders.is_cogs_missing, false) as is_cogs_missing,
            coalesce(orders.is_cost_missing, false) as is_cost_missing
        from {{ ref("int_order_refunds") }} as refunds
        left join orders on refunds.order_id = orders.order_id
        cross join
            (
                select 'order_basis' as basis
                union all
                select 'transaction_basis'
            ) as bases
        -- On order basis the refund of a known order is in the order's net revenue already.
        where refunds.is_counted and (bases.basis = 'transaction_basis' or refunds.is_order_unknown)
    )

select *
from sold
union all
select *
from refunded
