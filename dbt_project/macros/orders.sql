{#- For `touched`: the keys of shop orders that changes of the forms reach: those of their own columns, as they were and
    as they are, and those of orders that share their name. -#}
{% macro ways_to_shop_orders() -%}
    {% set forms = ref("int_shopify__order_forms") %}
    {% set ways = [
        "select order_key from " ~ forms ~ " where order_name in (select order_name from {changes})",
        "select order_id from {changes}",
        "select order_name from {changes}",
    ] %}
    {{ return({"int_shopify__exported_orders": ways, "int_shopify__connected_orders": ways}) }}
{%- endmacro %}

{#- For `touched`: what a column of orders has in orders that changed, and in those whose day came. -#}
{% macro ways_to_orders(column) -%}
    {% set of_changes = "select " ~ column ~ " from {changes}" %}
    {{ return({
        "int_shopify__order_facts": of_changes,
        "int_stripe__order_facts": of_changes,
        "int_template__order_facts": of_changes,
        "as_of": ["select " ~ column ~ " from " ~ ref("int_order_revenue") ~ " where order_date > {since}"],
    }) }}
{%- endmacro %}

{#- Lines of the export form and items of the connector, of the relations orders, lines and order_items. -#}
{% macro shop_items() -%}
    select
        orders.order_key,
        orders.order_date,
        lines.file_row as line_position,
        cast(null as string) as order_item_id,
        cast(null as string) as variant_id,
        lines.sku,
        coalesce(lines.quantity, 1) as quantity,
        {{ units_at("coalesce(lines.quantity, 1)", "lines.unit_price") }}
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
            {{ units_at("coalesce(order_items.quantity, 1)", "order_items.unit_price") }}
        )
        - coalesce(order_items.discount, 0),
        coalesce(order_items.is_gift_card, false)
    from orders
    inner join order_items on orders.form = 'connector' and orders.order_id = order_items.order_id
{%- endmacro %}
