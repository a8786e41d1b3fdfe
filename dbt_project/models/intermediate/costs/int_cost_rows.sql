select
    'template' as source,
    pool,
    month,
    channel,
    purpose,
    currency,
    is_fixed,
    amount,
    acquisition_share,
    file_id,
    file_row
from {{ ref("int_template__costs") }}
union all
select
    source,
    pool,
    month,
    cast(null as string),
    purpose,
    currency,
    is_fixed,
    amount,
    cast(null as decimal(9, 8)),
    file_id,
    file_row
from {{ ref("int_ledger_costs") }}
where is_counted
