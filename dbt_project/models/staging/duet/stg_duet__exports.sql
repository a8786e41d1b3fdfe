with

    source as (select * from {{ source("duet", "exports") }}),

    renamed as (
        select
            -- keys
            file_id,

            -- dimensions
            source,
            stream,
            format,
            breakdown,
            account_id,
            window_start,
            window_end,
            exported_at,

            -- measures
            rows as loaded_rows
        from source
    )

select *
from renamed
