with

    source as (select * from {{ source("hubspot", "companies") }}),

    renamed as (
        select
            -- keys
            company_id,
            name_key,
            merged_ids,

            -- dimensions
            is_deleted,
            lifecycle_stage,
            industry,
            owner,
            created_at,
            updated_at,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
