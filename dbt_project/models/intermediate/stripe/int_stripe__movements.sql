with

    transactions as (
        select *
        from
            {{
                newest(
                    ref("stg_stripe__balance_transactions"), ["transaction_id"], "synced_at"
                )
            }} as current_rows
    ),

    refunds as (
        select *
        from {{ newest(ref("stg_stripe__refunds"), ["refund_id"], "synced_at") }} as current_rows
    ),

    disputes as (
        select *
        from {{ newest(ref("stg_stripe__disputes"), ["dispute_id"], "synced_at") }} as current_rows
    ),

    categories as (select * from {{ ref("balance_categories") }}),

    classified as (
        select
            transactions.*,
            case
                -- The connector files disputes under adjustments.
                when
                    transactions.category = 'adjustment'
                    and left(transactions.source_id, 3) in ('dp_', 'du_')
                then 'dispute'
                else categories.class
            end as class
        from transactions
        left join categories on transactions.category = categories.category
    )

select
    classified.transaction_id,
    classified.class,
    classified.category,
    classified.source_id,
    coalesce(
        classified.charge_id,
        refunds.charge_id,
        disputes.charge_id,
        case when classified.class = 'revenue' then classified.source_id end
    ) as charge_id,
    classified.payment_intent_id,
    classified.invoice_id,
    classified.order_reference,
    classified.customer_key,
    classified.email_key,
    classified.currency,
    classified.created_at,
    {{ local_date("classified.created_at") }} as movement_date,
    classified.gross,
    classified.fee,
    classified.net,
    classified.file_id,
    classified.file_row
from classified
left join refunds on classified.source_id = refunds.refund_id
left join disputes on classified.source_id = disputes.dispute_id
