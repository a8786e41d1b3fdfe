with

    source as (select * from {{ source("salesforce", "leads") }}),

    renamed as (
        select
            -- keys
            lead_key,
            master_record_key,
            email_key,
            owner_id,
            converted_account_key,
            converted_contact_key,
            converted_opportunity_id,

            -- dimensions
            is_deleted,
            lead_source,
            status,
            is_converted,
            converted_date,
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
