{{ config(materialized=keyed(), key=["customer_id"]) }}
{% set ways = ways_to_orders("customer_id") %}
{% do ways["as_of"].append("select customer_id from " ~ ref("int_opportunities") ~ " where closed_date > {since}") %}
{% do ways.update({
    "int_opportunities": "select customer_id from {changes}",
    "int_order_refunds": [],
}) %}
{% set keys = touched(ways) %}

with

    orders as (
        select
            customer_id,
            order_date,
            order_id,
            order_channel,
            row_number() over (
                partition by customer_id order by order_date, order_id
            ) as order_number
        from {{ only(ref("int_order_revenue"), keys, ["customer_id"]) }} as orders
        where counts_as_revenue and gross > 0
    ),

    deals as (
        select
            customer_id,
            closed_date,
            opportunity_id,
            channel,
            row_number() over (
                partition by customer_id order by closed_date, opportunity_id
            ) as deal_number
        from {{ only(ref("int_opportunities"), keys, ["customer_id"]) }} as opportunities
        where
            status = 'won'
            and coalesce(opportunity_type, 'new') = 'new'
            and closed_date <= {{ as_of_date() }}
            and customer_id is not null
    ),

    purchases as (
        select
            customer_id,
            order_date as first_order_date,
            order_id as first_order_id,
            cast(null as date) as first_won_date,
            order_channel as channel
        from orders
        where order_number = 1
        union all
        select customer_id, cast(null as date), cast(null as string), closed_date, channel
        from deals
        where deal_number = 1
    )

select
    customer_id,
    min(first_order_date) as first_order_date,
    max(first_order_id) as first_order_id,
    min(first_won_date) as first_won_date,
    coalesce(
        max(case when first_order_date is not null then channel end),
        max(case when first_won_date is not null then channel end)
    ) as purchase_channel
from purchases
group by customer_id
