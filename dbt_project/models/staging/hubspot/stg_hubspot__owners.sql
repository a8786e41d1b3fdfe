with

    source as (select * from {{ source("hubspot", "owners") }}),

    renamed as (
        select
            -- keys
            owner_id,
            email_key,
            name_key,

            -- dimensions
            updated_at,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
