select
    source,
    sku,
    currency,
    valid_from,
    lead(valid_from) over (partition by source, sku order by valid_from) as valid_before,
    cogs_per_unit,
    fulfilment_per_order,
    payment_fee_rate,
    payment_fee_fixed
from {{ ref("rate_cards") }}
