{{ config(compared=true) }}

with

    costs as (select * from {{ ref("int_cost_rows") }}),
    pools as (select * from {{ ref("cost_pools") }}),
    rules as (select * from {{ ref("channel_rules") }}),
    fx_days as (select * from {{ ref("int_fx_days") }}),

    advertised as (
        select
            {{ period_start("month", "spend_date") }} as month,
            channel,
            sum(spend) as platform_spend
        from {{ ref("int_spend_days") }}
        group by 1, 2
    ),

    -- A cost converts at the last day of the month in which it was booked, or at as_of where that
    -- comes first: what later months bear of it was paid then.
    dated as (
        select
            costs.*,
            least(
                cast({{ months_later("costs.booked_month", 1) }} - 1 as date), {{ as_of_date() }}
            ) as rate_date
        from costs
    ),

    described as (
        select
            dated.source,
            dated.month,
            dated.pool,
            coalesce(dated.purpose, pools.purpose) as purpose,
            dated.purpose is not null or dated.pool <> 'media' as is_purpose_tagged,
            case
                when dated.channel is not null
                then {{ channel_of("named.channel", "others.channel", "dated.channel") }}
            end as channel,
            dated.currency,
            dated.amount as amount_in_currency,
            {{ fx_rate("dated.currency", "fx_days.rate") }} as fx_rate,
            {{ constant_rate("dated.currency") }} as constant_fx_rate,
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
        select
            described.*,
            {{ at_rate("amount_in_currency", "fx_rate") }} as amount,
            {{ at_rate("amount_in_currency", "constant_fx_rate") }} as amount_at_constant_rates
        from described
    ),

    -- Media that ad platforms report for the channel and month is the same money, not more of it;
    -- bookings that take something off it are credit notes.
    judged as (
        select
            converted.*,
            advertised.platform_spend,
            case
                when converted.pool = 'media' and advertised.platform_spend is not null
                then
                    coalesce(
                        sum(converted.amount) over (
                            partition by converted.pool, converted.month, converted.channel
                        ),
                        0
                    )
                    <= 0
                else true
            end as is_counted
        from converted
        left join
            advertised
            on converted.month = advertised.month
            and converted.channel = advertised.channel
    )

select
    judged.*,
    {{ money("amount * acquisition_share") }} as acquisition_amount,
    {{ money("amount_at_constant_rates * acquisition_share") }}
    as acquisition_amount_at_constant_rates
from judged
