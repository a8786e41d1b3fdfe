with

    source as (select * from {{ source("hubspot", "form_submissions") }}),

    renamed as (
        select
            -- keys
            contact_key,
            form_id,
            submission_id,

            -- dimensions
            submitted_at,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
