with

    source as (select * from {{ source("hubspot", "company_property_history") }}),

    renamed as (
        select
            -- keys
            company_id,

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
