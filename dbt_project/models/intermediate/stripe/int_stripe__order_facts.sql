{{ config(compared=true) }}

with

    role as (select * from {{ ref("int_stripe__role") }}),
    payments as (select * from {{ ref("int_stripe__payments") }}),
    fx_days as (select * from {{ ref("int_fx_days") }}),
    statuses as (select * from {{ ref("order_statuses") }} where source = 'stripe'),
    person_keys as (select * from {{ ref("int_person_keys") }}),
    persons as (select * from {{ ref("int_persons") }}),

    converted as (
        select payments.*, {{ fx_rate("payments.currency", "fx_days.rate") }} as fx_rate
        from payments
        inner join role on role.is_order_source
        left join
            fx_days
            on payments.currency = fx_days.currency
            and payments.payment_date = fx_days.rate_date
    )

select
    'stripe:' || converted.charge_id as order_id,
    'stripe' as source,
    converted.charge_id as source_order_id,
    converted.payment_intent_id as other_order_id,
    coalesce(
        persons.customer_id,
        converted.email_key,
        converted.customer_key,
        'order:' || converted.charge_id
    ) as customer_id,
    converted.payment_date as order_date,
    cast(null as string) as channel,
    converted.status,
    coalesce(statuses.counts_as_revenue, false) as counts_as_revenue,
    converted.currency,
    converted.fx_rate,
    {{ at_rate("converted.amount", "converted.fx_rate") }} as gross,
    cast(0 as decimal(20, 6)) as discount,
    {{ at_rate("converted.tax", "converted.fx_rate") }} as tax,
    {{ at_rate("converted.amount", "converted.fx_rate") }} as paid,
    cast(null as decimal(20, 6)) as cogs,
    {{ at_rate("converted.fee", "converted.fx_rate") }} as variable_cost,
    cast(null as decimal(20, 6)) as hours,
    converted.file_id,
    converted.file_row
from converted
left join statuses on converted.status = statuses.status
left join person_keys on {{ key_number("converted.email_key") }} = person_keys.key_no
left join persons on person_keys.person_id = persons.person_id
