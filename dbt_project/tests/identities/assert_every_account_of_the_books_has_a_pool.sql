{{ config(meta={
    "identity": "S2",
    "owner": "finance",
    "remedy": "Add a row to seeds/account_pools.csv for the account shown, for example: source,account in lower case,pool of "
        ~ "cost_pools,purpose,is_fixed,is_counted,months; or pool no_cost and is_counted false where it is no cost."
}) }}

select source, account, class, min(month) as first_month, sum(amount) as amount
from {{ ref("int_ledger_costs") }}
where pool = '(unmapped)' and month <= {{ as_of_date() }}
group by 1, 2, 3
