{{ config(meta={
    "identity": "X4",
    "owner": "finance",
    "remedy": "For the currency and date shown there is no usable rate. Currency empty: name it in the export, or "
        ~ "as sources.<source>.currency in duet.yml. Else add the rate (not older than fx.max_age_days) to an "
        ~ "fx_rates file, as reporting currency per one unit; a foreign currency at exactly 1.0 is taken for a "
        ~ "mistake."
}) }}

with

    amounts as (
        select
            source,
            'spend' as amount,
            currency,
            spend_date as rate_date,
            fx_rate,
            spend as converted,
            file_id,
            file_row
        from {{ ref("int_spend_days") }}
        where spend_in_currency is not null and spend_date <= {{ as_of_date() }}
        union all
        select source, 'cost', currency, rate_date, fx_rate, amount, file_id, file_row
        from {{ ref("int_costs") }}
        where amount_in_currency is not null and month <= {{ as_of_date() }}
        union all
        select source, 'order', currency, order_date, fx_rate, paid, file_id, file_row
        from {{ ref("int_order_revenue") }}
        where counts_as_revenue
        union all
        select source, 'refund', currency, rate_date, null, amount, file_id, file_row
        from {{ ref("int_order_refunds") }}
        union all
        select 'template', 'mrr', currency, rate_date, fx_rate, reported_mrr, file_id, file_row
        from {{ ref("int_subscription_mrr") }}
        union all
        select 'template', 'budget', currency, rate_date, fx_rate, amount, file_id, file_row
        from {{ ref("int_budgets") }}
        where status = 'in_force'
    )

select source, amount, file_id, file_row, currency, rate_date as date, fx_rate
from amounts
where
    converted is null
    or currency is null
    or (currency <> '{{ var("reporting_currency") }}' and fx_rate = 1)
