{{ config(materialized="view") }}
select
    person_id,
    event_no,
    {{ order_of_event("event_no") }} as event_order,
    {{ time_of_event("event_no") }} as entered_at,
    telling_no,
    closer_before
from {{ ref("int_event_numbers") }}
