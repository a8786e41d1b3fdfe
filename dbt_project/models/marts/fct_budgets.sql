select
    -- keys
    line,
    period_start,
    period_end,
    cast(version_no as bigint) as version_no,

    -- dimensions
    budget_version,
    approved_on,
    replaced_on,
    status,
    channel,
    pool,
    purpose,
    curve,
    currency,

    -- measures
    amount_in_currency,
    fx_rate,
    amount
from {{ ref("int_budgets") }}
