{{ config(severity="warn", meta={
    "identity": "S2",
    "owner": "finance",
    "remedy": "Books and figures differ by more than one percent in the month shown. books: media and other costs in CAC of "
        ~ "fct_spend and fct_costs against the accounts of the same pools. booking: media entered as a cost against what ad "
        ~ "platforms report for the channel; only the platforms count. no channel: media entered without a channel in a "
        ~ "month that ad platforms report as well, which may count twice; name its channel."
}) }}

with

    fx_days as (select * from {{ ref("int_fx_days") }}),

    ledger as (
        select
            costs.*,
            least(
                cast({{ months_later("costs.month", 1) }} - 1 as date), {{ as_of_date() }}
            ) as rate_date
        from {{ ref("int_ledger_costs") }} as costs
        left join {{ ref("cost_pools") }} as pools on costs.pool = pools.pool
        where costs.pool = 'media_ledger' or pools.in_cac
    ),

    booked as (
        select
            borne.bearing_month as month,
            sum(borne.borne_amount * {{ fx_rate("borne.currency", "fx_days.rate") }}) as amount
        from {{ borne_by_month("ledger") }} as borne
        left join
            fx_days on borne.currency = fx_days.currency and borne.rate_date = fx_days.rate_date
        where borne.bearing_month <= {{ as_of_date() }}
        group by 1
    ),

    counted as (
        select month, sum(amount) as amount
        from
            (
                select {{ period_start("month", "spend_date") }} as month, spend as amount
                from {{ ref("fct_spend") }}
                union all
                select month, amount
                from {{ ref("fct_costs") }}
                where in_cac and is_counted
            ) as parts
        group by month
    ),

    bookings as (
        select month, channel, sum(amount) as amount, max(platform_spend) as platform_spend
        from {{ ref("int_costs") }}
        where pool = 'media' and month <= {{ as_of_date() }}
        group by 1, 2
    ),

    spent as (
        select distinct {{ period_start("month", "spend_date") }} as month
        from {{ ref("fct_spend") }}
        where spend > 0
    ),

    compared as (
        select
            'books' as what,
            booked.month,
            '' as channel,
            booked.amount,
            coalesce(counted.amount, 0) as counted
        from booked
        left join counted on booked.month = counted.month
        union all
        select 'booking', month, channel, amount, platform_spend
        from bookings
        where platform_spend is not null and amount > 0
        union all
        select 'no channel', bookings.month, '(unknown)', bookings.amount, 0
        from bookings
        inner join spent on bookings.month = spent.month
        where bookings.channel is null and bookings.amount > 0
    )

select *
from compared
where abs(amount - counted) > 0.01 * abs(amount)
