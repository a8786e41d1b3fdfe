with

    lines as (select * from {{ ref("int_shopify__order_lines") }}),
    orders as (select * from {{ ref("int_shopify__orders") }}),
    fx_days as (select * from {{ ref("int_fx_days") }}),
    cards as (select * from {{ ref("int_rate_card_periods") }} where source = 'shopify'),

    priced_lines as (
        select
            orders.order_name,
            coalesce(lines.quantity, 1) as quantity,
            {{ money("cast(coalesce(lines.quantity, 1) as decimal(17, 6)) * cards.cogs_per_unit") }}
            as cogs_in_currency,
            {{ fx_rate("cards.currency", "fx_days.rate") }} as fx_rate
        from lines
        inner join orders on lines.order_name = orders.order_name
        left join
            cards
            on lines.sku = cards.sku
            and orders.order_date >= cards.valid_from
            and (orders.order_date < cards.valid_before or cards.valid_before is null)
        left join
            fx_days on cards.currency = fx_days.currency and orders.order_date = fx_days.rate_date
    )

select
    order_name,
    -- One line without a cost makes the cost of the order unknown.
    case
        when count(*) filter (where quantity <> 0 and cogs_in_currency * fx_rate is null) = 0
        then cast(sum({{ money("cogs_in_currency * fx_rate") }}) as decimal(20, 6))
    end as cogs
from priced_lines
group by order_name
