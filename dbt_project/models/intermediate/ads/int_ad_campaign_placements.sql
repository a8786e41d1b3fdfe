{{ config(compared=true) }}

select
    source,
    campaign_id,
    max(owner_account_id) as owner_account_id,
    -- Two currencies for one campaign: neither is known to be its own.
    case when count(distinct currency) = 1 then max(currency) end as currency
from {{ ref("int_ad_campaigns") }}
group by source, campaign_id
