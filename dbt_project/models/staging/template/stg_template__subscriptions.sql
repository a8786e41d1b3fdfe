with

    source as (select * from {{ source("template", "subscriptions") }}),

    renamed as (
        select
            -- keys
            customer_key,

            -- dimensions
            month,
            upper(trim(currency)) as currency,

            -- measures
            cast(mrr as decimal(20, 6)) as mrr,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
