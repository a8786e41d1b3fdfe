{{ config(materialized=keyed(), key=["source_order_id"]) }}
{% set orders, forms = ref("int_shopify__orders"), ref("int_shopify__order_forms") %}
{% set ways = ways_to_shop_orders() %}
{% do ways.update({
    "int_shopify__superseded_forms": "select order_key from {changes}",
    "int_shopify__priced_items": "select order_key from {changes}",
    "int_stripe__order_fees": "select order_key from {changes} where source = 'shopify'",
    "int_key_customers": "select order_key from " ~ forms ~ " where " ~ key_number("email_key") ~ " in (select key_no from {changes})",
    "int_fx_days": "select order_key from " ~ forms ~ " where order_date in (select rate_date from {changes})",
}) %}
{% set keys = touched(ways) %}
{% set of_orders = {"source_order_id": "order_key"} %}

with

    orders as (select * from {{ only(orders, keys, of_orders) }} as orders),
    fx_days as (select * from {{ ref("int_fx_days") }}),
    statuses as (select * from {{ ref("order_statuses") }} where source = 'shopify'),
    customers as (select * from {{ ref("int_key_customers") }}),
    fees as (select * from {{ ref("int_stripe__order_fees") }} where source = 'shopify'),

    -- What every order costs, whatever is in it.
    cards as (
        select * from {{ ref("int_rate_card_periods") }} where source = 'shopify' and sku = '*'
    ),

    costs as (
        select order_key, order_cogs as cogs
        from {{ only(ref("int_shopify__priced_items"), keys, of_orders) }} as items
        where line_number = 1
    ),

    converted as (
        select
            orders.*,
            {{ fx_rate("orders.currency", "fx_days.rate") }} as fx_rate,
            {{ at_rate("orders.total", fx_rate("orders.currency", "fx_days.rate")) }} as paid
        from orders
        left join
            fx_days on orders.currency = fx_days.currency and orders.order_date = fx_days.rate_date
    )

    {% set card_rate = fx_rate("cards.currency", "card_rates.rate") %}
select
    'shopify:' || converted.order_key as order_id,
    'shopify' as source,
    converted.order_key as source_order_id,
    nullif(converted.order_name, converted.order_key) as other_order_id,
    coalesce(
        customers.customer_id,
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
    {{ at_rate("converted.taxes", "converted.fx_rate") }} as tax,
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
                when cards.source is null
                then cast(0 as decimal(20, 6))
                else {{ at_rate("coalesce(cards.fulfilment_per_order, 0)", card_rate) }}
            end + coalesce(
                fees.fee,
                {{ money("converted.paid * coalesce(cards.payment_fee_rate, 0)") }}
                + {{ at_rate("coalesce(cards.payment_fee_fixed, 0)", card_rate) }}
            )
    end as variable_cost,
    cast(null as decimal(20, 6)) as hours,
    converted.file_id,
    converted.file_row
from converted
left join costs on converted.order_key = costs.order_key
left join statuses on converted.status = statuses.status
left join customers on {{ key_number("converted.email_key") }} = customers.key_no
left join
    cards
    on converted.order_date >= cards.valid_from
    and (converted.order_date < cards.valid_before or cards.valid_before is null)
left join
    fx_days as card_rates
    on cards.currency = card_rates.currency
    and converted.order_date = card_rates.rate_date
left join fees on converted.order_key = fees.order_key
