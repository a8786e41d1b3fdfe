{{ config(meta={
    "identity": "X4",
    "owner": "finance",
    "remedy": "For the currency and date shown there is no usable rate: a deal was created, changed or closed on that "
        ~ "day, or was open on it. Add the rate (not older than fx.max_age_days) to an fx_rates file, as reporting "
        ~ "currency per one unit; a foreign currency at exactly 1.0 is taken for a mistake."
}) }}

with

    amounts as (
        select 'change of the pipeline' as amount, currency, change_date as date_day, fx_rate
        from {{ ref("int_pipeline_changes") }}
        where amount <> 0 and change_date <= {{ as_of_date() }}
        union all
        select 'open pipeline', currency, date_day, fx_rate
        from {{ ref("int_pipeline_stocks") }}
        where open_amount <> 0 and dimension = ''
        union all
        select 'amount at creation', currency, created_date, fx_rate_at_creation
        from {{ ref("fct_opportunities") }}
        where amount_at_creation_in_currency <> 0
        union all
        select 'amount', currency, coalesce(closed_date, {{ as_of_date() }}), fx_rate
        from {{ ref("fct_opportunities") }}
        where amount_in_currency <> 0
    )

select amount, currency, date_day, count(*) as times
from amounts
where fx_rate is null or (currency <> '{{ var("reporting_currency") }}' and fx_rate = 1)
group by amount, currency, date_day
