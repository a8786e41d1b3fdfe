with

    source as (select * from {{ source("template", "identities") }}),

    renamed as (
        select
            -- keys
            visitor_key,
            person_key,

            -- dimensions
            identified_at,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
