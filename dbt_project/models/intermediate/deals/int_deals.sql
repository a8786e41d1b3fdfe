select
    deals.opportunity_id,
    deals.source,
    deals.source_opportunity_id,
    deals.status,
    deals.opportunity_type,
    deals.created_at,
    deals.closed_at,
    deals.amount,
    deals.currency,
    deals.owner,
    deals.account_key,
    deals.customer_key,
    deals.channel
from {{ ref("int_deal_records") }} as deals
left join {{ ref("int_deal_copies") }} as copies on deals.opportunity_id = copies.opportunity_id
where copies.opportunity_id is null
