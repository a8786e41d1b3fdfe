with

    source as (select * from {{ source("quickbooks", "transaction_lines") }}),

    renamed as (
        select
            -- keys
            kind,
            transaction_id,
            account_id,
            item_id,

            -- dimensions
            posting_type,
            synced_at,

            -- measures
            line_number,
            {{ lake_amount("amount") }} as amount,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
