with

    source as (select * from {{ source("hubspot", "contact_property_history") }}),

    renamed as (
        select
            -- keys
            contact_key,

            -- dimensions
            property,
            value,
            change_source,
            changed_at,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
