with

    source as (select * from {{ source("template", "customers") }}),

    renamed as (
        select
            -- keys
            customer_key,
            email_key,
            parent_customer_key,
            referred_by_key,

            -- dimensions
            created_at,
            segment,
            source_channel,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
