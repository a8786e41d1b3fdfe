with

    source as (select * from {{ source("quickbooks", "transactions") }}),

    renamed as (
        select
            -- keys
            kind,
            transaction_id,
            payable_account_id,

            -- dimensions
            day,
            upper(trim(currency)) as currency,
            is_credit,
            is_adjustment,
            due_on,
            payment_type,
            is_deleted,
            updated_at,

            -- measures
            {{ lake_amount("exchange_rate") }} as exchange_rate,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
