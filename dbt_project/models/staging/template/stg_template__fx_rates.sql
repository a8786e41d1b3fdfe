with

    source as (select * from {{ source("template", "fx_rates") }}),

    renamed as (
        select
            -- keys
            upper(trim(currency)) as currency,

            -- dimensions
            date as rate_date,

            -- measures
            cast(rate as decimal(17, 10)) as rate,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
