with

    items as (select * from {{ ref("int_shopify__sold_items") }}),
    costs as (select * from {{ ref("int_shopify__unit_costs") }}),
    cards as (select * from {{ ref("int_rate_card_periods") }} where source = 'shopify'),
    fx_days as (select * from {{ ref("int_fx_days") }}),

    variants as (
        select *
        from
            {{ newest(ref("stg_shopify__variants"), ["variant_id"], "updated_at") }} as current_rows
    ),

    -- A line of the export form knows its SKU only; one that two items share says nothing.
    by_sku as (
        select sku, max(inventory_item_id) as inventory_item_id
        from {{ ref("stg_shopify__inventory_items") }}
        where sku is not null
        group by sku
        having count(distinct inventory_item_id) = 1
    ),

    priced as (
        select
            items.*,
            case
                when items.is_gift_card or items.quantity = 0
                then cast(0 as decimal(20, 6))
                else coalesce(costs.unit_cost, cards.cogs_per_unit)
            end as unit_cost,
            case
                when items.is_gift_card or items.quantity = 0
                then '{{ var("reporting_currency") }}'
                when costs.unit_cost is not null
                then costs.currency
                else cards.currency
            end as unit_currency
        from items
        left join variants on items.variant_id = variants.variant_id
        left join by_sku on items.sku = by_sku.sku
        left join
            costs
            on coalesce(variants.inventory_item_id, by_sku.inventory_item_id)
            = costs.inventory_item_id
            and (costs.valid_from is null or items.order_date >= costs.valid_from)
            and (costs.valid_before is null or items.order_date < costs.valid_before)
        left join
            cards
            on items.sku = cards.sku
            and items.order_date >= cards.valid_from
            and (items.order_date < cards.valid_before or cards.valid_before is null)
    )

select
    priced.order_key,
    priced.line_position,
    priced.order_item_id,
    priced.sku,
    priced.quantity,
    priced.line_value,
    priced.is_gift_card,
    {{
        money(
            money("cast(priced.quantity as decimal(17, 6)) * priced.unit_cost")
            ~ " * "
            ~ fx_rate("priced.unit_currency", "fx_days.rate")
        )
    }} as cogs
from priced
left join
    fx_days on priced.unit_currency = fx_days.currency and priced.order_date = fx_days.rate_date
