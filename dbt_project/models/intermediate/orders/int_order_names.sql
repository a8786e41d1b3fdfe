with

    orders as (select * from {{ ref("int_orders") }}),

    names as (
        select source_order_id as order_name, order_id, source
        from orders
        union all
        select other_order_id, order_id, source
        from orders
        where other_order_id is not null
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
