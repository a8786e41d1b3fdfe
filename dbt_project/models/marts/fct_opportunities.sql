select
    -- keys
    deals.opportunity_id,
    deals.customer_id,
    deals.person_id,

    -- what it is
    deals.source,
    deals.opportunity_type,
    deals.status,
    deals.created_date,
    deals.closed_date,
    amounts.times_reopened,

    -- whose it is
    deals.channel,
    deals.source_group,
    deals.source_basis,
    deals.segment,
    deals.owner,

    -- amounts
    deals.currency,
    cast(amounts.amount_at_creation as decimal(20, 6)) as amount_at_creation_in_currency,
    amounts.amount_at_creation_evidence,
    cast(amounts.amount as decimal(20, 6)) as amount_in_currency,
    amounts.created_rate as fx_rate_at_creation,
    amounts.amount_rate as fx_rate,
    cast(amounts.reported_amount_at_creation as decimal(20, 6)) as amount_at_creation,
    cast(amounts.reported_amount as decimal(20, 6)) as amount
from {{ ref("int_all_opportunities") }} as deals
inner join
    {{ ref("int_opportunity_amounts") }} as amounts on deals.opportunity_id = amounts.opportunity_id
