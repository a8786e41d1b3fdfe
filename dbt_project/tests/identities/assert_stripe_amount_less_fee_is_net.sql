{{ config(meta={
    "identity": "M1",
    "owner": "finance",
    "remedy": "gross - fee is not net in the file and row shown: the export was edited, or its currency is wrong by a "
        ~ "power of ten. Export it again."
}) }}

select transaction_id, currency, gross, fee, net, file_id, file_row
from {{ ref("int_stripe__movements") }}
where gross - fee <> net
