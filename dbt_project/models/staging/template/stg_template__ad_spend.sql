with

    source as (select * from {{ source("template", "ad_spend") }}),

    renamed as (
        select
            -- keys
            coalesce(platform, '') as platform,
            coalesce(account, '') as account_id,
            campaign_id,

            -- dimensions
            campaign as campaign_name,
            channel,
            date as spend_date,
            upper(trim(currency)) as currency,
            lower(trim(purpose)) as purpose,

            -- measures
            cast(spend as decimal(20, 6)) as spend,
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
