with

    source as (select * from {{ source("template", "stage_events") }}),

    renamed as (
        select
            -- keys
            person_key,

            -- dimensions
            stage,
            entered_at,
            reason,
            owner,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
