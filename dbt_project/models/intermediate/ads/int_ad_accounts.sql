{{ config(compared=true) }}

with accounts as ({{ ad_union("accounts") }})

select source, account_id, account_name, currency, time_zone, updated_at
from {{ newest("accounts", ["source", "account_id"], "updated_at") }} as current_rows
where account_id is not null
