{{ config(meta={
    "identity": "X3",
    "owner": "finance",
    "remedy": "The order shown was refunded in full but keeps net revenue: its refund and the order are in "
        ~ "different currencies, or the order's tax is above what was paid."
}) }}

select source, source_order_id, order_date, currency, paid, refunded, net_revenue, file_id, file_row
from {{ ref("int_order_revenue") }}
where counts_as_revenue and paid > 0 and abs(refunded - paid) < 0.000001 and abs(net_revenue) > 0.01
