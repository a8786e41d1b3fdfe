with

    source as (select * from {{ source("template", "budgets") }}),

    renamed as (
        select
            -- keys
            line,

            -- dimensions
            period_start,
            period_end,
            upper(trim(currency)) as currency,
            channel,
            lower(trim(pool)) as pool,
            lower(trim(purpose)) as purpose,
            lower(trim(curve)) as curve,
            budget_version,
            approved_at,

            -- measures
            {{ lake_amount("amount") }} as amount,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
