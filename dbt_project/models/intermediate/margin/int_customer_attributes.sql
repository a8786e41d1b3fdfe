{{ config(materialized=keyed(), key=["customer_id"]) }}
{% set of_changes = "select customer_id from {changes}" %}
{% set keys = touched({
    "int_customers": of_changes,
    "int_customer_segments": of_changes,
    "int_customer_last_touches": of_changes,
    "int_campaign_names": "select customer_id from " ~ ref("int_customer_last_touches")
        ~ " where lower(trim(touch_campaign)) in (select campaign_text from {changes})",
}) %}

with

    customers as (
        select * from {{ only(ref("int_customers"), keys, ["customer_id"]) }} as customers
    ),

    segments as (
        select * from {{ only(ref("int_customer_segments"), keys, ["customer_id"]) }} as segments
    ),

    touches as (select * from {{ ref("int_customer_last_touches") }}),
    names as (select * from {{ ref("int_campaign_names") }})

select
    coalesce(customers.customer_id, segments.customer_id) as customer_id,
    customers.first_order_id,
    customers.became_customer_date,
    coalesce(customers.acquisition_channel, '(unattributed)') as channel,
    coalesce(segments.segment, '(unknown)') as segment,
    coalesce(
        names.campaign,
        nullif(nullif(trim(touches.touch_campaign), ''), '(unknown)'),
        '(unattributed)'
    ) as campaign
from customers
full outer join segments on customers.customer_id = segments.customer_id
left join touches on customers.customer_id = touches.customer_id
left join names on lower(trim(touches.touch_campaign)) = names.campaign_text
