{{ config(materialized=keyed(), key=["customer_id"]) }}
{% set of_changes = "select customer_id from {changes}" %}
{% set keys = touched({
    "int_first_purchases": of_changes,
    "int_customer_last_touches": of_changes,
    "int_customer_sources": of_changes,
}) %}

with

    purchases as (
        select * from {{ only(ref("int_first_purchases"), keys, ["customer_id"]) }} as purchases
    ),
    touches as (select * from {{ ref("int_customer_last_touches") }}),
    sources as (select * from {{ ref("int_customer_sources") }})

select
    purchases.customer_id,
    purchases.first_order_date,
    purchases.first_order_id,
    purchases.first_won_date,
    {{ became_customer("purchases.first_order_date", "purchases.first_won_date") }}
    as became_customer_date,
    coalesce(
        touches.touch_channel,
        sources.source_channel,
        nullif(purchases.purchase_channel, '(unknown)'),
        '(unattributed)'
    ) as acquisition_channel,
    case
        when touches.touch_channel is not null
        then 'last_touch'
        when sources.source_channel is not null
        then 'source'
        when nullif(purchases.purchase_channel, '(unknown)') is not null
        then 'purchase'
        else 'none'
    end as attributed_by
from purchases
left join touches on purchases.customer_id = touches.customer_id
left join sources on purchases.customer_id = sources.customer_id
