with

    hubspot_contacts as (
        select * from {{ ref("stg_hubspot__contacts") }} where email_key is not null
    ),
    salesforce_leads as (
        select * from {{ ref("stg_salesforce__leads") }} where email_key is not null
    ),
    salesforce_contacts as (
        select * from {{ ref("stg_salesforce__contacts") }} where email_key is not null
    ),
    people as (select * from {{ ref("stg_template__people") }} where email_key is not null),

    ties as (
        -- The last address that a record had: erasing it must not split a person in two.
        select contact_key as record_key, email_key as token
        from {{ newest("hubspot_contacts", ["contact_key"], "updated_at") }} as hubspot_emails
        union all
        select lead_key, email_key
        from {{ newest("salesforce_leads", ["lead_key"], "updated_at") }} as lead_emails
        union all
        select contact_key, email_key
        from {{ newest("salesforce_contacts", ["contact_key"], "updated_at") }} as contact_emails
        union all
        select person_key, email_key
        from {{ newest("people", ["person_key"], "updated_at") }} as template_emails
        union all
        select contact_key, merged_key
        from {{ ref("int_hubspot__merges") }}
        union all
        select lead_key, master_record_key
        from {{ ref("int_salesforce__leads") }}
        where master_record_key is not null
        union all
        select lead_key, converted_contact_key
        from {{ ref("int_salesforce__leads") }}
        where converted_contact_key is not null
        union all
        select contact_key, master_record_key
        from {{ ref("int_salesforce__contacts") }}
        where master_record_key is not null
        union all
        select person_key, merged_into_key
        from {{ ref("int_template__people") }}
        where merged_into_key is not null
    ),

    links as (
        select record_no, record_no as token_no
        from {{ ref("int_records") }}
        union all
        select {{ key_number("record_key") }}, {{ key_number("token") }}
        from ties
    )

select distinct record_no, token_no
from links
