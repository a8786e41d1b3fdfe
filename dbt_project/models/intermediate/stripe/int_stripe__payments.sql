with

    movements as (select * from {{ ref("int_stripe__movements") }}),
    charges as (select * from {{ ref("int_stripe__charges") }}),

    invoices as (
        select *
        from {{ newest(ref("stg_stripe__invoices"), ["invoice_id"], "synced_at") }} as current_rows
    ),

    customers as (
        select *
        from
            {{ newest(ref("stg_stripe__customers"), ["customer_key"], "synced_at") }}
            as current_rows
    ),

    -- A part that was never captured, or a payment that failed later, is a second row of its
    -- charge.
    settled as (
        select
            charge_id,
            max(payment_intent_id) as payment_intent_id,
            max(invoice_id) as invoice_id,
            max(order_reference) as order_reference,
            max(customer_key) as customer_key,
            max(email_key) as email_key,
            max(currency) as currency,
            min(created_at) as created_at,
            cast(sum(gross) as decimal(20, 6)) as amount,
            max(file_id) as file_id,
            min(file_row) as file_row
        from movements
        where class = 'revenue' and charge_id is not null
        group by charge_id
    ),

    fees as (
        select charge_id, cast(sum(fee) as decimal(20, 6)) as fee
        from movements
        where charge_id is not null
        group by charge_id
    ),

    -- What the balance says where it says anything, else the charge itself.
    joined as (
        select
            coalesce(settled.charge_id, charges.charge_id) as charge_id,
            coalesce(settled.payment_intent_id, charges.payment_intent_id) as payment_intent_id,
            coalesce(settled.invoice_id, charges.invoice_id) as invoice_id,
            settled.order_reference,
            coalesce(settled.customer_key, charges.customer_key) as customer_key,
            coalesce(settled.email_key, charges.email_key) as email_key,
            coalesce(settled.currency, charges.currency) as currency,
            coalesce(settled.created_at, charges.created_at) as created_at,
            coalesce(settled.amount, charges.amount) as amount,
            case
                when charges.charge_id is null
                then 'succeeded'
                when not charges.is_live
                then 'test'
                when charges.status = 'succeeded' and not charges.is_captured
                then 'uncaptured'
                else coalesce(charges.status, '(none)')
            end as status,
            coalesce(settled.file_id, charges.file_id) as file_id,
            coalesce(settled.file_row, charges.file_row) as file_row
        from settled
        full outer join charges on settled.charge_id = charges.charge_id
    )

select
    joined.charge_id,
    joined.payment_intent_id,
    joined.order_reference,
    joined.customer_key,
    coalesce(
        customers.email_key,
        joined.email_key,
        case
            when joined.customer_key is not null
            then max(joined.email_key) over (partition by joined.customer_key)
        end
    ) as email_key,
    {{ local_date("joined.created_at") }} as payment_date,
    joined.status,
    joined.currency,
    joined.amount,
    coalesce(
        {{
            money(
                ratio(
                    "cast(joined.amount as double) * cast(invoices.tax as double)",
                    "invoices.total",
                )
            )
        }},
        0
    ) as tax,
    fees.fee,
    joined.file_id,
    joined.file_row
from joined
left join fees on joined.charge_id = fees.charge_id
left join invoices on joined.invoice_id = invoices.invoice_id
left join customers on joined.customer_key = customers.customer_key
