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
            {{ lake_amount("spend") }} as spend,
            impressions,
            clicks,
            {{ lake_amount("conversions") }} as conversions,

            -- lineage
            file_id,
            file_row,
            exported_at
        from source
    )

select *
from renamed
