with

    source as (select * from {{ source("quickbooks", "items") }}),

    renamed as (
        select
            -- keys
            item_id,
            expense_account_id,
            asset_account_id,

            -- dimensions
            updated_at,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
