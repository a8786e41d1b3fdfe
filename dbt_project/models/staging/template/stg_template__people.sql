with

    source as (select * from {{ source("template", "people") }}),

    renamed as (
        select
            -- keys
            person_key,
            email_key,
            customer_key,
            merged_into_key,

            -- dimensions
            created_at,
            source_channel,
            source_campaign,
            merged_at,
            deleted_at,
            deleted_reason,
            is_test,
            updated_at,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
