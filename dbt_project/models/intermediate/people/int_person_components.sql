with

    links as (select record_no as record_key, token_no as token from {{ ref("int_person_links") }}),

    components as ({{ connected_components("links") }})

select record_key as record_no, token as token_no, component_id
from components
