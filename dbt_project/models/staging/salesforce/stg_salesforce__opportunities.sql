with

    source as (select * from {{ source("salesforce", "opportunities") }}),

    renamed as (
        select
            -- keys
            opportunity_id,
            account_key,
            campaign_id,
            owner_id,

            -- dimensions
            is_deleted,
            stage,
            upper(trim(currency)) as currency,
            close_date,
            opportunity_type,
            lead_source,
            is_closed,
            is_won,
            created_at,
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
