{{ config(meta={
    "identity": "X3",
    "owner": "finance",
    "remedy": "Nothing that landed says how much the refund shown paid back: let the connector deliver transaction, or "
        ~ "order_line_refund and order_adjustment, beside refund."
}) }}

select refund_id, order_id, refund_date, file_id, file_row
from {{ ref("int_shopify__refunds") }}
where amount is null
