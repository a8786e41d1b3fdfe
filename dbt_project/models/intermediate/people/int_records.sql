{{ config(materialized="view") }}
with

    records as (
        select *
        from {{ ref("int_hubspot__records") }}
        union all
        select *
        from {{ ref("int_salesforce__records") }}
        union all
        select *
        from {{ ref("int_template__records") }}
    )

select records.*, {{ key_number("record_key") }} as record_no
from records
