with

    source as (select * from {{ source("template", "budget_schedule") }}),

    renamed as (
        select
            -- keys
            line,

            -- dimensions
            date,

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
