with

    source as (select * from {{ source("google_ads", "campaign_days") }}),

    renamed as (
        select
            -- keys
            account_id,
            campaign_id,

            -- dimensions
            campaign_name,
            day as spend_date,
            upper(trim(currency)) as currency,

            -- measures
            cast(cost as decimal(20, 6)) as spend,
            impressions,
            clicks,
            cast(conversions as decimal(20, 6)) as conversions,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
