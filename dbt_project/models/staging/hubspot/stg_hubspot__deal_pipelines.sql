with

    source as (select * from {{ source("hubspot", "deal_pipelines") }}),

    renamed as (
        select
            -- keys
            pipeline_id,

            -- dimensions
            label,
            is_deleted,
            updated_at,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
