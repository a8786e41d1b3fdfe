{%- set exports = [
    ("stg_hubspot__contacts", "int_hubspot__contacts", "contact_key"),
    ("stg_salesforce__leads", "int_salesforce__leads", "lead_key"),
    ("stg_salesforce__contacts", "int_salesforce__contacts", "contact_key"),
    ("stg_template__people", "int_template__people", "person_key"),
] -%}
with

    -- The last address that a record had: erasing it must not split a person in two. Few have been
    -- erased, so that few must look back.
    {%- for versions, current, key in exports %}
        {{ current }}__erased as (
            select current_rows.record_no, versions.*
            from {{ ref(versions) }} as versions
            inner join
                {{ ref(current) }} as current_rows
                on versions.{{ key }} = current_rows.{{ key }}
                and current_rows.email_no is null
            where versions.email_key is not null
        ),
    {%- endfor %}

    ties as (
        select contact_key as record_key, merged_key as token
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
    )

-- A record has one key and one address: only what else ties it may be told twice.
select record_no, record_no as token_no
from {{ ref("int_records") }}
union all
{% for versions, current, key in exports -%}
    select record_no, email_no
    from {{ ref(current) }}
    where email_no is not null
    union all
    select record_no, {{ key_number("email_key") }}
    from {{ newest(current ~ "__erased", ["record_no"], "updated_at") }} as last_{{ loop.index }}
    union all
{% endfor -%}
select distinct {{ key_number("record_key") }}, {{ key_number("token") }}
from ties
where record_key <> token
