{{ config(materialized=keyed(), key=["customer_id"]) }}
{% set ways = ways_to_orders("customer_id") %}
{% do ways.update({"int_order_refunds": []}) %}
{% set keys = touched(ways) %}

with

    days as (
        select customer_id, order_date as visit_date
        from {{ only(ref("int_order_revenue"), keys, ["customer_id"]) }} as orders
        where counts_as_revenue and gross > 0
        group by customer_id, order_date
    )

select
    customer_id,
    visit_date,
    row_number() over (partition by customer_id order by visit_date) as visit_number,
    lag(visit_date) over (partition by customer_id order by visit_date) as previous_visit_date,
    lead(visit_date) over (partition by customer_id order by visit_date) as next_visit_date
from days
