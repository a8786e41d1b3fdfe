with

    source as (select * from {{ source("salesforce", "opportunity_field_history") }}),

    renamed as (
        select
            -- keys
            history_id,
            opportunity_id,

            -- dimensions
            is_deleted,
            field,
            old_value,
            new_value,
            changed_at,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
