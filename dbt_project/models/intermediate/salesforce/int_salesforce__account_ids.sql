with

    links as (
        select account_key as record_key, account_key as token
        from {{ ref("int_salesforce__accounts") }}
        union all
        select account_key, master_record_key
        from {{ ref("int_salesforce__accounts") }}
        where master_record_key is not null
    ),

    components as ({{ connected_components("links") }})

select distinct token as account_key, component_id as account_id
from components
