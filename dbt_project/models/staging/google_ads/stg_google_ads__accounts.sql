with

    source as (select * from {{ source("google_ads", "accounts") }}),

    renamed as (
        select
            -- keys
            account_id,

            -- dimensions
            upper(trim(currency)) as currency,
            time_zone,
            updated_at,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
