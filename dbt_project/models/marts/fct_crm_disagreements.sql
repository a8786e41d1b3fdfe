with differences as (select * from {{ ref("int_crm_comparisons") }} where not agrees)

select
    -- keys
    object,
    marketing_record_id,
    sales_record_id,
    field,

    -- dimensions
    marketing_value,
    sales_value,
    authoritative_system,
    case
        authoritative_system
        when 'marketing_crm'
        then marketing_source
        when 'sales_crm'
        then sales_source
    end as authoritative_source,
    not is_settled as is_pending,
    {{ as_of_date() }} as as_of,

    -- measures
    {{
        days_between(
            local_date("greatest(marketing_updated_at, sales_updated_at)"), as_of_date()
        )
    }} as age_days,
    cast(
        abs({{ seconds_between("marketing_updated_at", "sales_updated_at") }}) as bigint
    ) as sync_lag_seconds,
    value as money_at_stake
from differences
