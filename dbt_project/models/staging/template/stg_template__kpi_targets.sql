with

    source as (select * from {{ source("template", "kpi_targets") }}),

    renamed as (
        select
            -- keys
            lower(trim(kpi)) as kpi,

            -- dimensions
            period_start,
            period_end,
            channel,

            -- measures
            cast(target as decimal(28, 8)) as target,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
