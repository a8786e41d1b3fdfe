{{ config(materialized=keyed(), key=["order_key"]) }}
{% set orders, forms = ref("int_shopify__orders"), ref("int_shopify__order_forms") %}
{% set keys = touched({
    "int_shopify__order_forms": "select order_key from {changes}",
    "int_shopify__order_lines": "select order_key from " ~ forms ~ " where order_name in (select order_name from {changes})",
    "int_shopify__order_items": "select order_id from {changes}",
    "int_fx_days": "select order_key from " ~ forms ~ " where order_date in (select rate_date from {changes})",
}) %}

with

    orders as (select * from {{ only(orders, keys, ["order_key"]) }} as orders),
    lines as (select * from {{ ref("int_shopify__order_lines") }}),
    order_items as (select * from {{ ref("int_shopify__order_items") }}),
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

    items as (
        select
            orders.order_key,
            orders.order_date,
            lines.file_row as line_position,
            cast(null as string) as order_item_id,
            cast(null as string) as variant_id,
            lines.sku,
            coalesce(lines.quantity, 1) as quantity,
            {{ money("cast(coalesce(lines.quantity, 1) as decimal(17, 6)) * lines.unit_price") }}
            - coalesce(lines.line_discount, 0) as line_value,
            false as is_gift_card
        from orders
        inner join lines on orders.form = 'export' and orders.order_name = lines.order_name
        union all
        select
            orders.order_key,
            orders.order_date,
            cast(0 as bigint),
            order_items.order_item_id,
            order_items.variant_id,
            order_items.sku,
            coalesce(order_items.quantity, 1),
            coalesce(
                order_items.line_total,
                {{ money("cast(coalesce(order_items.quantity, 1) as decimal(17, 6)) * order_items.unit_price") }}
            )
            - coalesce(order_items.discount, 0),
            coalesce(order_items.is_gift_card, false)
        from orders
        inner join
            order_items on orders.form = 'connector' and orders.order_id = order_items.order_id
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
        at_rate(
            money("cast(priced.quantity as decimal(17, 6)) * priced.unit_cost"),
            fx_rate("priced.unit_currency", "fx_days.rate"),
        )
    }} as cogs
from priced
left join
    fx_days on priced.unit_currency = fx_days.currency and priced.order_date = fx_days.rate_date
