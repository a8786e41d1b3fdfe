{{ config(meta={
    "identity": "G2",
    "owner": "data team",
    "remedy": "A date in the file and row shown is before 1990 or after as_of: correct the year or the date format in the export and drop it in again."
}) }}

with

    facts as (
        select 'ad spend of ' || source as fact, spend_date as day, file_id, file_row
        from {{ ref("int_spend_days") }}
        where spend_date <= {{ as_of_date() }}
        union all
        select 'cost', month, file_id, file_row
        from {{ ref("int_costs") }}
        where month <= {{ as_of_date() }}
        union all
        select 'order of ' || source, order_date, file_id, file_row
        from {{ ref("int_order_revenue") }}
        union all
        select 'refund of ' || source, refund_date, file_id, file_row
        from {{ ref("int_order_refunds") }}
    ),

    calendar as (
        select min(period_day) as first_day, max(period_day) as last_day
        from {{ ref("int_periods") }}
    )

select facts.*
from facts
cross join calendar
where facts.day is null or facts.day < calendar.first_day or facts.day > calendar.last_day
