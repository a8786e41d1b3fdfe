with

    source as (select * from {{ source("hubspot", "engagement_contacts") }}),

    renamed as (
        select
            -- keys
            engagement_id,
            contact_key,

            -- dimensions
            engagement_type,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
