{%- set objects = [
    ("hubspot", "contacts", "int_hubspot__contacts"),
    ("hubspot", "deals", "int_hubspot__deals"),
    ("salesforce", "leads", "int_salesforce__leads"),
    ("salesforce", "contacts", "int_salesforce__contacts"),
    ("salesforce", "opportunities", "int_salesforce__opportunities"),
    ("pipedrive", "deals", "int_pipedrive__deals"),
    ("template", "people", "int_template__people"),
    ("template", "opportunities", "int_template__opportunities"),
] -%}
with

    objects as (
        {%- for source, object, model in objects %}
            {%- set max_age_days = (var("sources").get(source) or {}).get("max_age_days") %}
            select
                '{{ source }}' as source,
                '{{ object }}' as object,
                cast(
                    {{ "null" if max_age_days is none else max_age_days }} as bigint
                ) as max_age_days,
                {{ (source in var("sources")) | lower }} as is_declared,
                cast(count(*) as bigint) as records,
                max(case when updated_at < {{ as_of_end() }} then updated_at end) as last_changed_at
            from {{ ref(model) }}
            {%- if not loop.last %}
                union all
            {%- endif %}
        {%- endfor %}
    )

select
    source,
    object,
    records,
    last_changed_at,
    {{ seconds_between("last_changed_at", as_of_end()) }} as age_seconds,
    max_age_days,
    -- Without any row nobody knows how old they are, and that is late too.
    max_age_days is not null
    and coalesce(
        {{ seconds_between("last_changed_at", as_of_end()) }} > max_age_days * 86400, true
    ) as is_late
from objects
where records > 0 or is_declared
