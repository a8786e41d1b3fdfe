with

    source as (select * from {{ source("hubspot", "deal_merges") }}),

    renamed as (
        select
            -- keys
            deal_id,
            merged_deal_id,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
