{%- set values = {
    "stage": "{side}_stage",
    "amount": "cast(cast({side}_amount as decimal(20, 2)) as string) || ' ' || {side}_currency",
    "close_date": "cast({side}_close_date as string)",
    "owner": "{side}_owner",
    "source": "{side}_channel",
} -%}
with

    pairs as (select * from {{ ref("int_crm_pairs") }} where not agrees),

    differences as (
        {% for field in agreement_fields() %}
            select
                '{{ field }}' as field,
                {{ values[field] | replace("{side}", "marketing") }} as field_in_marketing,
                {{ values[field] | replace("{side}", "sales") }} as field_in_sales,
                pairs.*
            from pairs
            where not {{ field }}_agrees
            {% if not loop.last %}
                union all
            {% endif %}
        {% endfor %}
    )

select
    -- keys
    differences.object,
    differences.marketing_record_id,
    differences.sales_record_id,
    differences.field,

    -- dimensions
    differences.field_in_marketing as marketing_value,
    differences.field_in_sales as sales_value,
    authority.system_kind as authoritative_system,
    case
        authority.system_kind
        when 'marketing_crm'
        then differences.marketing_source
        when 'sales_crm'
        then differences.sales_source
    end as authoritative_source,
    not differences.is_settled as is_pending,
    {{ as_of_date() }} as as_of,

    -- measures
    {{
        days_between(
            local_date("greatest(differences.marketing_updated_at, differences.sales_updated_at)"), as_of_date()
        )
    }}
    as age_days,
    cast(
        abs(
            {{ seconds_between("differences.marketing_updated_at", "differences.sales_updated_at") }}
        ) as bigint
    ) as sync_lag_seconds,
    coalesce(differences.sales_value, differences.marketing_value) as money_at_stake
from differences
left join
    {{ ref("field_authority") }} as authority
    on differences.object = authority.object
    and differences.field = authority.field
