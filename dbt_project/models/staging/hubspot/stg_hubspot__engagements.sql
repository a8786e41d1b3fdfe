with

    source as (select * from {{ source("hubspot", "engagements") }}),

    renamed as (
        select
            -- keys
            engagement_id,

            -- dimensions
            engagement_type,
            is_deleted,
            direction,
            status,
            owner,
            happened_at,
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
