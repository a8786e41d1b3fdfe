with

    source as (select * from {{ source("template", "costs") }}),

    renamed as (
        select
            -- keys
            lower(trim(pool)) as pool,

            -- dimensions
            month,
            channel,
            lower(trim(purpose)) as purpose,
            upper(trim(currency)) as currency,
            is_fixed,
            coalesce(months, 1) as months,

            -- measures
            {{ lake_amount("amount") }} as amount,
            cast(acquisition_share as decimal(9, 8)) as acquisition_share,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
