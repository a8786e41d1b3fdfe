with

    source as (select * from {{ source("salesforce", "accounts") }}),

    renamed as (
        select
            -- keys
            account_key,
            parent_key,
            master_record_key,

            -- dimensions
            is_deleted,
            account_type,
            industry,
            account_source,
            created_at,
            updated_at,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
