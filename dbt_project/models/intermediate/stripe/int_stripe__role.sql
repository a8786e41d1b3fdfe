with

    others as (
        select order_key
        from {{ ref("int_shopify__orders") }}
        union all
        select order_id
        from {{ ref("int_template__orders") }}
    )

-- A payment of an order that a shop or a template delivers is no second order.
select count(*) = 0 as is_order_source
from others
