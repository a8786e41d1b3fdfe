{{ config(meta={
    "identity": "S4",
    "owner": "marketing",
    "remedy": "The file and row shown has negative spend. If it is a credit note, take it out of the ad report and "
        ~ "enter it as a cost of pool media; else export the report again."
}) }}

select source, account_id, campaign_id, spend_date, currency, spend_in_currency, file_id, file_row
from {{ ref("int_spend_days") }}
where spend_in_currency < 0
