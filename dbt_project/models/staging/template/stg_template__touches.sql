with

    source as (select * from {{ source("template", "touches") }}),

    renamed as (
        select
            -- keys
            touch_id,
            visitor_key,

            -- dimensions
            touched_at,
            channel,
            campaign,
            lower(trim(touch_type)) as touch_type,

            -- measures
            {{ lake_amount("cost") }} as cost,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
