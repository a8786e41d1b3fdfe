{{ config(meta={
    "identity": "S2",
    "owner": "marketing",
    "remedy": "The pool in the file and row shown is not in seeds/cost_pools.csv: correct the spelling in the file,"
        ~ " or add the pool with its acquisition share."
}) }}

select
    costs.pool, costs.month, costs.amount_in_currency, costs.currency, costs.file_id, costs.file_row
from {{ ref("int_costs") }} as costs
left join {{ ref("cost_pools") }} as pools on costs.pool = pools.pool
where pools.pool is null
