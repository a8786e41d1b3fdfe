with

    source as (select * from {{ source("hubspot", "contact_merges") }}),

    renamed as (
        select
            -- keys
            contact_key,
            merged_key,

            -- dimensions
            merged_at,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
