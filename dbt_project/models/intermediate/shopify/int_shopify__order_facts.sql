with

    orders as (select * from {{ ref("int_shopify__orders") }}),
    costs as (select * from {{ ref("int_shopify__order_costs") }}),
    fx_days as (select * from {{ ref("int_fx_days") }}),
    statuses as (select * from {{ ref("order_statuses") }} where source = 'shopify'),
    person_keys as (select * from {{ ref("int_person_keys") }}),
    persons as (select * from {{ ref("int_persons") }}),
    cards as (select * from {{ ref("int_shopify__per_order_costs") }}),
    fees as (select * from {{ ref("int_stripe__order_fees") }} where source = 'shopify'),

    converted as (
        select
            orders.*,
            {{ fx_rate("orders.currency", "fx_days.rate") }} as fx_rate,
            {{ money("orders.total * " ~ fx_rate("orders.currency", "fx_days.rate")) }} as paid
        from orders
        left join
            fx_days on orders.currency = fx_days.currency and orders.order_date = fx_days.rate_date
    )

select
    'shopify:' || converted.order_key as order_id,
    'shopify' as source,
    converted.order_key as source_order_id,
    nullif(converted.order_name, converted.order_key) as other_order_id,
    coalesce(
        persons.customer_id,
        converted.email_key,
        converted.customer_key,
        'order:' || converted.order_key
    ) as customer_id,
    converted.order_date,
    cast(null as string) as channel,
    converted.status,
    coalesce(statuses.counts_as_revenue, false)
    and converted.exclusion is null as counts_as_revenue,
    converted.currency,
    converted.fx_rate,
    converted.paid as gross,
    cast(0 as decimal(20, 6)) as discount,
    {{ money("converted.taxes * converted.fx_rate") }} as tax,
    converted.paid,
    costs.cogs,
    case
        when
            coalesce(
                cards.fulfilment_per_order,
                cards.payment_fee_rate,
                cards.payment_fee_fixed,
                fees.fee
            )
            is not null
        then
            case
                when cards.order_key is null
                then cast(0 as decimal(20, 6))
                else {{ money("coalesce(cards.fulfilment_per_order, 0) * cards.fx_rate") }}
            end + coalesce(
                fees.fee,
                {{ money("converted.paid * coalesce(cards.payment_fee_rate, 0)") }}
                + {{ money("coalesce(cards.payment_fee_fixed, 0) * cards.fx_rate") }}
            )
    end as variable_cost,
    cast(null as decimal(20, 6)) as hours,
    converted.file_id,
    converted.file_row
from converted
left join costs on converted.order_key = costs.order_key
left join statuses on converted.status = statuses.status
left join person_keys on {{ key_number("converted.email_key") }} = person_keys.key_no
left join persons on person_keys.person_id = persons.person_id
left join cards on converted.order_key = cards.order_key
left join fees on converted.order_key = fees.order_key
