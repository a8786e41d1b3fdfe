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

    -- The report may name what the connector does not; a movement itself never changes.
    named as (
        select
            transaction_id,
            max(charge_id) as charge_id,
            max(payment_intent_id) as payment_intent_id,
            max(invoice_id) as invoice_id,
            max(order_reference) as order_reference,
            max(customer_key) as customer_key,
            max(email_key) as email_key
        from {{ ref("stg_stripe__balance_transactions") }}
        group by transaction_id
    ),

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
        named.charge_id,
        refunds.charge_id,
        disputes.charge_id,
        case when classified.class = 'revenue' then classified.source_id end
    ) as charge_id,
    named.payment_intent_id,
    named.invoice_id,
    named.order_reference,
    named.customer_key,
    named.email_key,
    classified.currency,
    classified.created_at,
    {{ local_date("classified.created_at") }} as movement_date,
    classified.gross,
    classified.fee,
    classified.net,
    classified.file_id,
    classified.file_row
from classified
inner join named on classified.transaction_id = named.transaction_id
left join refunds on classified.source_id = refunds.refund_id
left join disputes on classified.source_id = disputes.dispute_id
