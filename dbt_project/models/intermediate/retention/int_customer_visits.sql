with

    days as (
        select customer_id, order_date as visit_date
        from {{ ref("int_order_revenue") }}
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
