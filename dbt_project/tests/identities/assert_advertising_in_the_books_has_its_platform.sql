{{ config(meta={
    "identity": "S2",
    "owner": "marketing",
    "remedy": "The books have advertising in the month shown, but no ad export and no template ad_spend landed: media is taken "
        ~ "from them and never from the books. Land one, or give the account a pool that is counted in account_pools."
}) }}

with spend as (select count(*) as spend_rows from {{ ref("fct_spend") }})

select costs.source, costs.month, costs.account, costs.amount, costs.currency
from {{ ref("int_ledger_costs") }} as costs
inner join spend on spend.spend_rows = 0
where costs.pool = 'media_ledger' and costs.amount <> 0 and costs.month <= {{ as_of_date() }}
