with

    items as (select * from {{ ref("int_shopify__priced_items") }}),
    fx_days as (select * from {{ ref("int_fx_days") }}),

    priced as (
        select
            items.order_key,
            items.quantity,
            {{ money("cast(items.quantity as decimal(17, 6)) * items.unit_cost") }}
            as cogs_in_currency,
            case
                when items.is_gift_card
                then cast(1 as decimal(17, 10))
                else {{ fx_rate("items.unit_currency", "fx_days.rate") }}
            end as fx_rate
        from items
        left join
            fx_days
            on items.unit_currency = fx_days.currency
            and items.order_date = fx_days.rate_date
    )

select
    order_key,
    -- One line without a cost makes the cost of the order unknown.
    case
        when count(*) filter (where quantity <> 0 and cogs_in_currency * fx_rate is null) = 0
        then cast(sum({{ money("cogs_in_currency * fx_rate") }}) as decimal(20, 6))
    end as cogs
from priced
group by order_key
