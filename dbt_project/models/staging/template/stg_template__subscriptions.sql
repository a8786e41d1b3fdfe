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
            {{ lake_amount("mrr") }} as mrr,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
