{{ config(meta={
    "identity": "R7",
    "owner": "marketing",
    "remedy": "The purpose shown is none of brand, activation, backstage and retention: correct the file and row, or the seed "
        ~ "campaign_purposes, account_pools or cost_pools that says so."
}) }}

with

    costs as (
        select purpose, source, file_id, file_row
        from {{ ref("int_spend_days") }}
        union all
        select purpose, source, file_id, file_row
        from {{ ref("int_costs") }}
    )

select purpose, source, file_id, file_row
from costs
-- A pool that nobody knows has a check of its own.
where purpose not in ('brand', 'activation', 'backstage', 'retention')
