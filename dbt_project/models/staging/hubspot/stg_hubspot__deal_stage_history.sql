with

    source as (select * from {{ source("hubspot", "deal_stage_history") }}),

    renamed as (
        select
            -- keys
            deal_id,
            stage_id,

            -- dimensions
            entered_at,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
