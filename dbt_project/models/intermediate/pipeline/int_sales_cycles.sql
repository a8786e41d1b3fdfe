select
    deals.opportunity_id,
    deals.closed_date,
    {{ prefixed("deals", funnel_attributes()) }},
    -- A close date that was typed may lie before the creation.
    greatest({{ seconds_between("deals.created_at", "deals.closed_at") }}, 0) as cycle_seconds,
    amounts.reported_amount
from {{ ref("int_opportunities") }} as deals
inner join
    {{ ref("int_opportunity_amounts") }} as amounts on deals.opportunity_id = amounts.opportunity_id
where deals.opportunity_type = 'new' and deals.status = 'won'
