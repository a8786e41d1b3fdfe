with

    source as (select * from {{ source("pipedrive", "deals") }}),

    renamed as (
        select
            -- keys
            deal_id,
            email_key,
            organization_key,

            -- dimensions
            status,
            pipeline,
            stage,
            upper(trim(currency)) as currency,
            created_at,
            closed_at,
            won_at,
            lost_at,
            updated_at,
            owner,
            deal_source,

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
