with

    orders as (select * from {{ ref("int_orders") }}),

    -- Few orders are refunded, and only their names are looked up.
    asked as (
        select order_id as order_name
        from {{ ref("int_template__refunds") }}
        union
        select order_id
        from {{ ref("int_stripe__refunds") }}
        union
        select order_id
        from {{ ref("int_shopify__refunds") }}
    ),

    names as (
        select orders.source_order_id as order_name, orders.order_id, orders.source
        from orders
        inner join asked on orders.source_order_id = asked.order_name
        union all
        select orders.other_order_id, orders.order_id, orders.source
        from orders
        inner join asked on orders.other_order_id = asked.order_name
    ),

    -- A template refund means a template order first.
    ranked as (
        select
            names.*,
            row_number() over (partition by order_name order by source desc, order_id) as choice
        from names
    )

select order_name, order_id
from ranked
where choice = 1
