{{ config(compared=true) }}

with

    rates as (
        select
            currency,
            rate_date,
            rate,
            lead(rate_date) over (partition by currency order by rate_date) as next_rate_date
        from {{ ref("int_template__fx_rates") }}
        where rate > 0 and currency <> '{{ var("reporting_currency") }}'
    ),

    ages as (
        select cast(id as int) as days_later
        from range({{ var("fx")["max_age_days"] + 1 }}) as ages(id)
    ),

    -- A rate holds until the next one, and no longer than fx.max_age_days.
    days as (
        select
            rates.currency,
            cast(rates.rate_date + ages.days_later as date) as rate_date,
            rates.rate,
            ages.days_later as age_days
        from rates
        inner join
            ages
            on rates.next_rate_date is null
            or rates.rate_date + ages.days_later < rates.next_rate_date
    )

select *
from days
