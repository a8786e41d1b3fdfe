{{ config(meta={
    "identity": "X4",
    "owner": "finance",
    "remedy": "fx.constant_rates of duet.yml names some currencies and not the one shown, so that constant currency would leave "
        ~ "its costs out: add its budget rate, as reporting currency per one unit. A rate of exactly 1.0 is taken for a mistake."
}) }}

with

    amounts as (
        select currency, constant_fx_rate, spend_date as day
        from {{ ref("int_spend_days") }}
        union all
        select currency, constant_fx_rate, month
        from {{ ref("int_costs") }}
    )

select currency, constant_fx_rate, min(day) as first_day, count(*) as amounts
from amounts
where
    {{ "true" if var("fx")["constant_rates"] else "false" }}
    and day <= {{ as_of_date() }}
    and (
        constant_fx_rate is null
        or (currency <> '{{ var("reporting_currency") }}' and constant_fx_rate = 1)
    )
group by currency, constant_fx_rate
