select refund_id, order_id, refunded_at, currency, amount, file_id, file_row, exported_at
from {{ newest(ref("stg_template__refunds"), ["refund_id"]) }} as current_rows
