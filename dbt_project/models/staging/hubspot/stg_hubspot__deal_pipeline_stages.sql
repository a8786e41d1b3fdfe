with

    source as (select * from {{ source("hubspot", "deal_pipeline_stages") }}),

    renamed as (
        select
            -- keys
            stage_id,
            pipeline_id,

            -- dimensions
            label,
            is_won,
            is_closed,
            is_deleted,
            updated_at,

            -- measures
            {{ lake_amount("probability") }} as probability,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
