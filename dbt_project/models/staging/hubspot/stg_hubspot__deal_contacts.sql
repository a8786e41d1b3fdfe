with

    source as (select * from {{ source("hubspot", "deal_contacts") }}),

    renamed as (
        select
            -- keys
            deal_id,
            contact_key,
            type_id,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
