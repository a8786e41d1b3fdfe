with

    subscriptions as (
        select
            customer_key,
            month,
            coalesce(currency, {{ declared_currency("template") }}) as currency,
            mrr,
            -- Like a cost of a month: at its last day, or at as_of where that comes first.
            least(
                cast({{ months_later("month", 1) }} - 1 as date), {{ as_of_date() }}
            ) as rate_date,
            file_id,
            file_row
        from {{ ref("int_template__subscriptions") }}
        where month <= {{ as_of_date() }}
    ),

    converted as (
        select
            coalesce(customers.customer_id, subscriptions.customer_key) as customer_id,
            subscriptions.*,
            {{ fx_rate("subscriptions.currency", "fx_days.rate") }} as fx_rate
        from subscriptions
        left join
            {{ ref("int_template_customer_ids") }} as customers
            on subscriptions.customer_key = customers.customer_key
        left join
            {{ ref("int_fx_days") }} as fx_days
            on subscriptions.currency = fx_days.currency
            and subscriptions.rate_date = fx_days.rate_date
    )

select
    customer_key,
    customer_id,
    month,
    currency,
    mrr,
    rate_date,
    fx_rate,
    {{ at_rate("mrr", "fx_rate") }} as reported_mrr,
    file_id,
    file_row
from converted
