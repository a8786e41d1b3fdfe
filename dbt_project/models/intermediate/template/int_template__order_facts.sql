{{ config(compared=true) }}

with

    orders as (
        select
            template_orders.*,
            {{ local_date("ordered_at") }} as order_date,
            coalesce(currency, {{ declared_currency("template") }}) as order_currency
        from {{ ref("int_template__orders") }} as template_orders
    ),

    fx_days as (select * from {{ ref("int_fx_days") }}),
    statuses as (select * from {{ ref("order_statuses") }} where source = 'template'),
    customers as (select * from {{ ref("int_template_customer_ids") }}),
    fees as (select * from {{ ref("int_stripe__order_fees") }} where source = 'template'),
    rules as (
        select * from {{ ref("channel_rules") }} where source = 'template' and field = 'channel'
    ),

    converted as (
        select
            orders.*,
            {{ fx_rate("orders.order_currency", "fx_days.rate") }} as fx_rate,
            case
                when coalesce(fulfilment, payment_fee, other_variable_cost) is not null
                then
                    coalesce(fulfilment, 0)
                    + coalesce(payment_fee, 0)
                    + coalesce(other_variable_cost, 0)
            end as variable_cost
        from orders
        left join
            fx_days
            on orders.order_currency = fx_days.currency
            and orders.order_date = fx_days.rate_date
    )

select
    'template:' || converted.order_id as order_id,
    'template' as source,
    converted.order_id as source_order_id,
    cast(null as string) as other_order_id,
    coalesce(
        customers.customer_id, converted.customer_key, 'order:' || converted.order_id
    ) as customer_id,
    converted.order_date,
    case
        when converted.channel is not null
        then {{ channel_of("named.channel", "others.channel", "converted.channel") }}
    end as channel,
    converted.status,
    coalesce(statuses.counts_as_revenue, converted.status is null) as counts_as_revenue,
    converted.order_currency as currency,
    converted.fx_rate,
    {{ at_rate("converted.gross", "converted.fx_rate") }} as gross,
    {{ at_rate("coalesce(converted.discount, 0)", "converted.fx_rate") }} as discount,
    {{ at_rate("coalesce(converted.tax, 0)", "converted.fx_rate") }} as tax,
    {{
        at_rate(
            money("converted.gross - coalesce(converted.discount, 0)"), "converted.fx_rate"
        )
    }} as paid,
    {{ at_rate("converted.cogs", "converted.fx_rate") }} as cogs,
    case
        when converted.payment_fee is null and fees.fee is not null
        then
            coalesce({{ at_rate(money("converted.variable_cost"), "converted.fx_rate") }}, 0)
            + fees.fee
        else {{ at_rate(money("converted.variable_cost"), "converted.fx_rate") }}
    end as variable_cost,
    converted.hours,
    converted.file_id,
    converted.file_row
from converted
left join statuses on converted.status = statuses.status
left join fees on converted.order_id = fees.order_key
left join customers on converted.customer_key = customers.customer_key
left join rules as named on lower(trim(converted.channel)) = named.value
left join rules as others on others.value = '*'
