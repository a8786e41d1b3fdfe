with

    source as (select * from {{ source("salesforce", "users") }}),

    renamed as (
        select
            -- keys
            user_id,
            email_key,
            name_key,

            -- dimensions
            user_type,
            is_active,
            updated_at,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
