{{ config(compared=true) }}

with ads as ({{ ad_union("ads") }})

select source, ad_id, ad_name, ad_set_id, campaign_id, account_id, updated_at
from {{ newest("ads", ["source", "ad_id"], "updated_at") }} as current_rows
where ad_id is not null
