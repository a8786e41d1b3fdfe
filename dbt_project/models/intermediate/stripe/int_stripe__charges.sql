select
    charge_id,
    transaction_id,
    payment_intent_id,
    invoice_id,
    customer_key,
    email_key,
    currency,
    status,
    is_captured,
    is_live,
    created_at,
    amount,
    file_id,
    file_row
from {{ newest(ref("stg_stripe__charges"), ["charge_id"], "synced_at") }} as current_rows
