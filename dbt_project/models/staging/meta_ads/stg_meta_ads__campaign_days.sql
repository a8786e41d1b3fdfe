with

    source as (select * from {{ source("meta_ads", "campaign_days") }}),

    renamed as (
        select
            -- keys
            account_id,
            campaign_id,

            -- dimensions
            campaign_name,
            day as spend_date,
            upper(trim(currency)) as currency,
            breakdown,

            -- measures
            cast(spend as decimal(20, 6)) as spend,
            impressions,
            clicks,
            cast(results as decimal(20, 6)) as results,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
