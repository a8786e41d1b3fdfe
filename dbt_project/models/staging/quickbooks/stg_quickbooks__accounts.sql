with

    source as (select * from {{ source("quickbooks", "accounts") }}),

    renamed as (
        select
            -- keys
            account_id,

            -- dimensions
            account,
            account_type,
            classification,
            upper(trim(currency)) as currency,
            updated_at,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
