{{ config(materialized="view") }}

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
    )

select
    coalesce(exported.order_id, named.order_id, exported.order_name) as order_key,
    'export' as form,
    exported.*
from exported
left join named on exported.order_name = named.order_name
union all
select order_id, 'connector', connected.*
from connected
