with

    source as (select * from {{ source("salesforce", "opportunity_history") }}),

    renamed as (
        select
            -- keys
            history_id,
            opportunity_id,

            -- dimensions
            is_deleted,
            stage,
            upper(trim(currency)) as currency,
            close_date,
            forecast_category,
            changed_at,

            -- measures
            {{ lake_amount("amount") }} as amount,
            {{ lake_amount("probability") }} as probability,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
