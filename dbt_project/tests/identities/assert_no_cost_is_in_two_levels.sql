{{ config(meta={
    "identity": "M3",
    "owner": "finance",
    "remedy": "The pool shown is direct marketing and overhead at once: in seeds/cost_pools.csv a pool that "
        ~ "is_direct_marketing must also be in_cac."
}) }}

-- Direct marketing is CM3 and CAC (R7); COGS and variable cost come from orders only.
select pool
from {{ ref("cost_pools") }}
where is_direct_marketing and not in_cac
