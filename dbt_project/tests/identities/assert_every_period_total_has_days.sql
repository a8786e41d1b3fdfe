{{ config(meta={
    "identity": "S1",
    "owner": "marketing",
    "remedy": "The file shown has spend of a whole period and no export has a single day of it, so the spend cannot be "
        ~ "dated and is missing from every figure. Export the same report broken down by day and drop it in too; or "
        ~ "take the file back (duet forget FILE)."
}) }}

select source, account_id, breakdown, period_start, period_end, currency, reported_spend, file_id
from {{ ref("fct_spend_reconciliation") }}
where kind = 'period' and status = 'no_days' and reported_spend <> 0
