with

    source as (select * from {{ source("salesforce", "contacts") }}),

    renamed as (
        select
            -- keys
            contact_key,
            master_record_key,
            account_key,
            email_key,
            owner_id,

            -- dimensions
            is_deleted,
            lead_source,
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
