with

    refunds as (
        select *
        from {{ newest(ref("stg_shopify__refunds"), ["refund_id"], "synced_at") }} as current_rows
    ),

    orders as (
        select *
        from {{ newest(ref("stg_shopify__orders"), ["order_id"], "updated_at") }} as current_rows
    ),

    transactions as (
        select *
        from
            {{ newest(ref("stg_shopify__transactions"), ["transaction_id"], "synced_at") }}
            as current_rows
    ),

    paid_orders as (select distinct order_id from transactions),

    payments as (
        select refund_id, currency, cast(sum(amount) as decimal(20, 6)) as amount
        from transactions
        where
            refund_id is not null
            and kind = 'refund'
            and status = 'success'
            and not coalesce(is_test, false)
        group by refund_id, currency
    ),

    items as (
        select
            refund_id,
            cast(sum(coalesce(subtotal, 0)) as decimal(20, 6)) as subtotal,
            cast(sum(coalesce(tax, 0)) as decimal(20, 6)) as tax
        from
            {{ newest(ref("stg_shopify__refund_items"), ["refund_item_id"], "synced_at") }}
            as current_rows
        group by refund_id
    ),

    adjustments as (
        select
            refund_id, cast(sum(coalesce(amount, 0) + coalesce(tax, 0)) as decimal(20, 6)) as amount
        from
            {{
                newest(
                    ref("stg_shopify__order_adjustments"), ["adjustment_id"], "synced_at"
                )
            }} as current_rows
        group by refund_id
    )

select
    refunds.refund_id,
    refunds.order_id,
    {{ local_date("refunds.refunded_at") }} as refund_date,
    refunds.refunded_at,
    coalesce(
        refunds.currency, orders.currency, payments.currency, {{ declared_currency("shopify") }}
    ) as currency,
    -- The refund itself, else the money that moved, else what was written down.
    case
        when refunds.total is not null
        then refunds.total
        when payments.amount is not null
        then payments.amount
        when paid_orders.order_id is not null
        then cast(0 as decimal(20, 6))
        when coalesce(items.refund_id, adjustments.refund_id) is not null
        then
            coalesce(items.subtotal, 0)
            + case when orders.taxes_included then 0 else coalesce(items.tax, 0) end
            - coalesce(adjustments.amount, 0)
    end as amount,
    refunds.file_id,
    refunds.file_row
from refunds
left join orders on refunds.order_id = orders.order_id
left join
    payments
    on refunds.refund_id = payments.refund_id
    and (orders.currency is null or payments.currency = orders.currency)
left join paid_orders on refunds.order_id = paid_orders.order_id
left join items on refunds.refund_id = items.refund_id
left join adjustments on refunds.refund_id = adjustments.refund_id
