with

    source as (select * from {{ source("shopify", "order_attributes") }}),

    renamed as (
        select
            -- keys
            order_id,
            place,
            name,

            -- dimensions
            value,
            synced_at,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
        -- What customers type stays in the lake.
        where
            lower(name) like 'utm_%'
            or lower(name) like '%clid'
            or lower(name) in ('gbraid', 'wbraid')
    )

select *
from renamed
