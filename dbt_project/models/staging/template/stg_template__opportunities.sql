with

    source as (select * from {{ source("template", "opportunities") }}),

    renamed as (
        select
            -- keys
            opportunity_id,
            person_key,
            customer_key,
            external_id,

            -- dimensions
            created_at,
            status,
            upper(trim(currency)) as currency,
            stage,
            closed_at,
            opportunity_type,
            source_group,
            channel,
            owner,
            is_duplicate,
            updated_at,

            -- measures
            {{ lake_amount("amount") }} as amount,
            {{ lake_amount("amount_at_creation") }} as amount_at_creation,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
