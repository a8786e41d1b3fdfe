with

    source as (select * from {{ source("hubspot", "contacts") }}),

    renamed as (
        select
            -- keys
            contact_key,
            email_key,
            merged_keys,
            company_id,

            -- dimensions
            is_deleted,
            lifecycle_stage,
            lead_status,
            owner,
            created_at,
            updated_at,
            original_source,
            original_source_detail_1,
            original_source_detail_2,
            became_lead_at,
            became_mql_at,
            became_sql_at,
            became_opportunity_at,
            became_customer_at,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
