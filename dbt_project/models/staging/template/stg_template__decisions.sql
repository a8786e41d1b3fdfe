with

    source as (select * from {{ source("template", "decisions") }}),

    renamed as (
        select
            -- keys
            decision_id,

            -- dimensions
            decision,
            lower(trim(owner_team)) as owner_team,
            owner,
            decided_date,
            due_date,
            closed_date,
            note,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
