with costs as (select * from {{ ref("int_costs") }} where month <= {{ as_of_date() }})

select
    -- dimensions
    month,
    pool,
    purpose,
    is_purpose_tagged,
    coalesce(channel, '(shared)') as channel,
    currency,
    is_fixed,
    is_direct_marketing,
    in_cac,
    is_counted,

    -- measures
    cast(sum(amount_in_currency) as decimal(20, 6)) as amount_in_currency,
    cast(sum(amount) as decimal(20, 6)) as amount,
    cast(sum(acquisition_amount) as decimal(20, 6)) as acquisition_amount,
    cast(sum(amount_at_constant_rates) as decimal(20, 6)) as amount_at_constant_rates,
    cast(count(*) as bigint) as cost_rows
from costs
group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
