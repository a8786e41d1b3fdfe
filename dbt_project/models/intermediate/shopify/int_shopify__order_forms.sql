{{ config(materialized=keyed(), key=["order_key"]) }}
{% set exported, connected = ref("int_shopify__exported_orders"), ref("int_shopify__connected_orders") %}
{#- Keys that an order had, those of its own columns, and those of orders that share its name. -#}
{% set same_name = "order_name in (select order_name from {changes})" %}
{% set ways = [
    "select order_key from " ~ this ~ " where " ~ same_name,
    "select order_id from " ~ connected ~ " where " ~ same_name,
    "select coalesce(order_id, order_name) from " ~ exported ~ " where " ~ same_name,
    "select order_id from {changes}",
] %}
{% set keys = touched({"int_shopify__exported_orders": ways, "int_shopify__connected_orders": ways}) %}

with

    exported as (select * from {{ ref("int_shopify__exported_orders") }}),
    connected as (select * from {{ ref("int_shopify__connected_orders") }}),

    -- Two shops may both count from #1001: only a name that one order has tells which it is.
    named as (
        select order_name, max(order_id) as order_id
        from connected
        where order_name is not null
        group by order_name
        having count(*) = 1
    ),

    forms as (
        select
            coalesce(exported.order_id, named.order_id, exported.order_name) as order_key,
            'export' as form,
            exported.*
        from exported
        left join named on exported.order_name = named.order_name
        union all
        select order_id, 'connector', connected.*
        from connected
    )

select
    forms.*,
    {{ key_number("email_key") }} as email_no,
    row_number() over (
        partition by order_key order by exported_at desc nulls last, form, file_id desc
    ) as newest_first
from {{ only("forms", keys, ["order_key"]) }} as forms
