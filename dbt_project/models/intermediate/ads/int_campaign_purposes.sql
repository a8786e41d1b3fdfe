{{ config(compared=true) }}

with

    campaigns as (
        select distinct source, campaign_name
        from {{ ref("int_ad_rows") }}
        where campaign_name is not null
    ),

    matched as (
        select
            campaigns.source,
            campaigns.campaign_name,
            rules.purpose,
            row_number() over (
                partition by campaigns.source, campaigns.campaign_name
                order by
                    case when rules.source = campaigns.source then 0 else 1 end,
                    length(rules.campaign) desc,
                    rules.campaign
            ) as choice
        from campaigns
        inner join
            {{ ref("campaign_purposes") }} as rules
            on rules.source in (campaigns.source, '*')
            and lower(trim(campaigns.campaign_name)) like rules.campaign
    )

select source, campaign_name, purpose
from matched
where choice = 1
