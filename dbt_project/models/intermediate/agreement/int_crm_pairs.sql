{%- set columns = [
    "source", "record_id", "updated_at", "is_recent", "stage", "has_stage", "amount", "currency", "fx_rate", "value",
    "close_date", "owner", "channel",
] -%}
with records as (select * from {{ ref("int_crm_records") }})

select
    matches.object,
    matches.matched_by
    {%- for column in columns %}
        , marketing.{{ column }} as marketing_{{ column }}, sales.{{ column }} as sales_{{ column }}
    {%- endfor %},
    not marketing.is_recent and not sales.is_recent as is_settled
from {{ ref("int_crm_matches") }} as matches
inner join
    records as marketing
    on matches.object = marketing.object
    and matches.record_id = marketing.record_id
inner join
    records as sales on matches.object = sales.object and matches.partner_id = sales.record_id
where matches.system_kind = 'marketing_crm' and matches.bucket = 'matched'
