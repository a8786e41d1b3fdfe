with

    source as (select * from {{ source("hubspot", "deals") }}),

    renamed as (
        select
            -- keys
            deal_id,
            pipeline_id,
            stage_id,
            contact_keys,
            company_id,
            external_id,

            -- dimensions
            is_deleted,
            pipeline,
            stage,
            stage_entries,
            upper(trim(currency)) as currency,
            deal_type,
            owner,
            created_at,
            closed_at,
            updated_at,

            -- measures
            {{ lake_amount("amount") }} as amount,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
