with

    source as (select * from {{ source("xero", "ledger_rows") }}),

    renamed as (
        select
            -- dimensions
            report,
            period_start,
            period_end,
            basis,
            section,
            account,
            class,
            day,
            transaction_type,
            number,
            upper(trim(currency)) as currency,

            -- measures
            {{ lake_amount("amount") }} as amount,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
