{{ config(materialized=keyed(), key=["order_key"]) }}
{% set orders, forms = ref("int_shopify__orders"), ref("int_shopify__order_forms") %}
{% set of_lines = "select order_name from " ~ ref("stg_shopify__order_lines") ~ " where file_id in {new_files}" %}
{% set ways = ways_to_shop_orders() %}
{% do ways.update({
    "int_shopify__superseded_forms": "select order_key from {changes}",
    "int_shopify__repeated_orders": [],
    "shopify.order_lines": "select order_key from " ~ forms ~ " where order_name in (" ~ of_lines ~ ")",
    "int_shopify__order_items": "select order_id from {changes}",
    "int_fx_days": "select order_key from " ~ forms ~ " where order_date in (select rate_date from {changes})",
}) %}
{% set keys = touched(ways) %}
{% set orders = only(orders, keys, ["order_key"]) %}

with

    orders as (select * from {{ orders }} as orders),
    lines as (
        select *
        from
            {{
                only_files(
                    ref("int_shopify__order_lines"),
                    keys,
                    "select file_id from " ~ orders ~ " as orders",
                )
            }}
    ),
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

    items as ({{ shop_items() }}),

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
    ),

    converted as (
        select
            priced.order_key,
            priced.line_position,
            priced.order_item_id,
            priced.sku,
            priced.quantity,
            greatest(coalesce(priced.line_value, 0), 0) as shared_value,
            {{
                at_rate(
                    units_at("priced.quantity", "priced.unit_cost"),
                    fx_rate("priced.unit_currency", "fx_days.rate"),
                )
            }} as cogs
        from priced
        left join
            fx_days
            on priced.unit_currency = fx_days.currency
            and priced.order_date = fx_days.rate_date
    ),

    -- One sort serves all that an order knows of its lines.
    numbered as (
        select
            order_key,
            sku,
            quantity,
            cogs,
            shared_value,
            row_number() over in_order as line_number,
            sum(shared_value) over in_order as value_so_far,
            sum(shared_value) over (partition by order_key) as order_value,
            count(*) over (partition by order_key) as order_lines,
            sum(cogs) over (partition by order_key) as known_cogs,
            count(cogs) over (partition by order_key) as lines_with_cogs
        from converted
        window
            in_order as (
                partition by order_key
                order by line_position, order_item_id
                rows between unbounded preceding and current row
            )
    )

-- Lines without a price share alike.
select
    order_key,
    cast(line_number as bigint) as line_number,
    sku,
    quantity,
    cogs,
    -- One line without a cost makes the cost of the order unknown.
    case
        when order_lines = lines_with_cogs then cast(known_cogs as decimal(20, 6))
    end as order_cogs,
    cast(
        case
            when order_value > 0 then value_so_far - shared_value else line_number - 1
        end as decimal(20, 6)
    ) as share_before,
    cast(
        case when order_value > 0 then value_so_far else line_number end as decimal(20, 6)
    ) as share_after,
    cast(
        case when order_value > 0 then order_value else order_lines end as decimal(20, 6)
    ) as shares
from numbered
