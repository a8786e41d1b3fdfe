with channels as (select * from {{ ref("dim_channels") }})

select
    media.day,
    media.is_monthly,
    media.channel,
    'media' as pool,
    1 as cost_rows,
    media.spend as media_spend,
    media.spend_at_constant_rates as media_spend_at_constant_rates,
    case when channels.is_paid then media.spend else 0 end as paid_media_spend,
    {{ money("media.spend * " ~ acquisition_share("'media'", "pools.acquisition_share")) }}
    as loaded_cost,
    {{ money("media.spend_at_constant_rates * " ~ acquisition_share("'media'", "pools.acquisition_share")) }}
    as loaded_cost_at_constant_rates,
    0 as new_customers,
    0 as paid_new_customers
from {{ ref("int_media_days") }} as media
inner join channels on media.channel = channels.channel
left join {{ ref("cost_pools") }} as pools on pools.pool = 'media'
union all
select
    month,
    true,
    coalesce(channel, '(shared)'),
    pool,
    1,
    0,
    0,
    0,
    acquisition_amount,
    acquisition_amount_at_constant_rates,
    0,
    0
from {{ ref("int_costs") }}
where in_cac and pool <> 'media'
union all
select
    customers.became_customer_date,
    false,
    customers.acquisition_channel,
    cast(null as string),
    0,
    0,
    0,
    0,
    0,
    0,
    count(*),
    sum(case when channels.is_paid then 1 else 0 end)
from {{ ref("int_customers") }} as customers
inner join channels on customers.acquisition_channel = channels.channel
group by customers.became_customer_date, customers.acquisition_channel
union all
-- Days without spend or customers: their periods have a total of 0.
select period_day, false, cast(null as string), cast(null as string), 0, 0, 0, 0, 0, 0, 0, 0
from {{ ref("int_periods") }}
where grain = 'day'
