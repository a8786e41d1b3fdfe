select
    -- keys
    opportunity_id,
    cast(change_no as bigint) as change_no,

    -- what happened
    change,
    change_date,
    opportunity_type,
    cast(deals as bigint) as deals,

    -- whose it is
    {{ funnel_attributes() | join(", ") }},

    -- amounts
    currency,
    amount as amount_in_currency,
    fx_rate,
    {{ at_rate("amount", "fx_rate") }} as amount
from {{ ref("int_pipeline_changes") }}
