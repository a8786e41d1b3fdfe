with

    source as (select * from {{ source("template", "responses") }}),

    renamed as (
        select
            -- keys
            person_key,

            -- dimensions
            responded_at,
            lower(trim(response_type)) as response_type,
            owner,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
