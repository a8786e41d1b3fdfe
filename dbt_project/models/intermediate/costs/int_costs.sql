with

    costs as (select * from {{ ref("int_cost_rows") }}),
    pools as (select * from {{ ref("cost_pools") }}),
    rules as (select * from {{ ref("channel_rules") }}),
    fx_days as (select * from {{ ref("int_fx_days") }}),

    -- A cost of a month converts at the month's last day, or at as_of where that comes first.
    dated as (
        select
            costs.*,
            least(
                cast({{ months_later("costs.month", 1) }} - 1 as date), {{ as_of_date() }}
            ) as rate_date
        from costs
    ),

    described as (
        select
            dated.source,
            dated.month,
            dated.pool,
            coalesce(dated.purpose, pools.purpose) as purpose,
            case
                when dated.channel is not null
                then {{ channel_of("named.channel", "others.channel", "dated.channel") }}
            end as channel,
            dated.currency,
            dated.amount as amount_in_currency,
            {{ fx_rate("dated.currency", "fx_days.rate") }} as fx_rate,
            coalesce(
                dated.acquisition_share,
                case when dated.purpose = 'retention' then cast(0 as decimal(9, 8)) end,
                {{ acquisition_share("dated.pool", "pools.acquisition_share") }}
            ) as acquisition_share,
            coalesce(dated.is_fixed, false) as is_fixed,
            coalesce(pools.is_direct_marketing, false) as is_direct_marketing,
            coalesce(pools.in_cac, false) as in_cac,
            dated.rate_date,
            dated.file_id,
            dated.file_row
        from dated
        left join pools on dated.pool = pools.pool
        left join
            fx_days on dated.currency = fx_days.currency and dated.rate_date = fx_days.rate_date
        left join
            rules as named
            on named.source = 'template'
            and named.field = 'channel'
            and lower(trim(dated.channel)) = named.value
        left join
            rules as others
            on others.source = 'template'
            and others.field = 'channel'
            and others.value = '*'
    ),

    converted as (
        select described.*, {{ money("amount_in_currency * fx_rate") }} as amount from described
    )

select converted.*, {{ money("amount * acquisition_share") }} as acquisition_amount
from converted
