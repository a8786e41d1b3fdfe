with

    source as (select * from {{ source("hubspot", "deal_companies") }}),

    renamed as (
        select
            -- keys
            deal_id,
            company_id,
            type_id,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
