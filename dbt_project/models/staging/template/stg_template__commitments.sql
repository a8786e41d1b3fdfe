with

    source as (select * from {{ source("template", "commitments") }}),

    renamed as (
        select
            -- keys
            commitment,

            -- dimensions
            lower(trim(owner_team)) as owner_team,
            due_date,
            is_kept,
            note,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
