with

    role as (select * from {{ ref("int_stripe__role") }}),
    movements as (select * from {{ ref("int_stripe__movements") }}),

    refunds as (
        select *
        from {{ newest(ref("stg_stripe__refunds"), ["refund_id"], "synced_at") }} as current_rows
    ),

    paid_back as (
        select
            transaction_id as refund_id,
            charge_id as order_id,
            movement_date as refund_date,
            currency,
            -- A dispute that was won, or a refund that failed, comes back below zero.
            - gross as amount,
            file_id,
            file_row
        from movements
        where class in ('refund', 'dispute')
        union all
        select
            refunds.refund_id,
            refunds.charge_id,
            {{ local_date("refunds.created_at") }},
            refunds.currency,
            refunds.amount,
            refunds.file_id,
            refunds.file_row
        from refunds
        left join movements on refunds.refund_id = movements.source_id
        where refunds.status = 'succeeded' and movements.transaction_id is null
    )

select
    paid_back.refund_id,
    coalesce(paid_back.order_id, '(unknown)') as order_id,
    paid_back.refund_date,
    paid_back.currency,
    cast(paid_back.amount as decimal(20, 6)) as amount,
    paid_back.file_id,
    paid_back.file_row
from paid_back
inner join role on role.is_order_source
