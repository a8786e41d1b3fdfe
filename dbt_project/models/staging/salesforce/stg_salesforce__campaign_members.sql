with

    source as (select * from {{ source("salesforce", "campaign_members") }}),

    renamed as (
        select
            -- keys
            campaign_member_id,
            campaign_id,
            lead_key,
            contact_key,

            -- dimensions
            is_deleted,
            status,
            has_responded,
            first_responded_date,
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
