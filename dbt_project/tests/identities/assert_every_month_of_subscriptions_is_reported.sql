{{ config(meta={
    "identity": "L1",
    "owner": "finance",
    "remedy": "The subscriptions have rows before and after the month shown and none in it, so that everybody would seem to "
        ~ "leave and to come back. Land the month; if nobody paid in it, give one customer a row with 0."
}) }}

with

    months as (select distinct month from {{ ref("int_subscription_mrr") }}),

    followed as (select month, lead(month) over (order by month) as next_month from months)

select {{ months_later("month", 1) }} as missing_from, next_month as missing_until
from followed
where next_month > {{ months_later("month", 1) }}
