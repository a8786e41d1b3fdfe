with

    source as (select * from {{ source("stripe", "customers") }}),

    renamed as (
        select
            -- keys
            customer_key,
            email_key,

            -- dimensions
            created_at,
            synced_at,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
