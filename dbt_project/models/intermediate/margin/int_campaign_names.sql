{{ config(compared=true) }}

with

    campaigns as (
        select source, campaign_id, trim(max(campaign_name)) as campaign
        from {{ ref("fct_spend") }}
        group by source, campaign_id
    ),

    -- A name that two campaigns share is one name: touches know no more than it.
    names as (select lower(campaign) as name, min(campaign) as campaign from campaigns group by 1),

    texts as (
        select lower(trim(campaigns.campaign_id)) as campaign_text, names.campaign
        from campaigns
        inner join names on lower(campaigns.campaign) = names.name
        union all
        select name, campaign
        from names
    ),

    spellings as (
        select campaign_text, min(campaign) as campaign from texts group by campaign_text
    ),

    touched as (
        select distinct lower(trim(campaign)) as campaign_text
        from {{ ref("int_touches") }}
        where campaign is not null
    )

select
    spellings.campaign_text,
    spellings.campaign,
    max(case when touched.campaign_text is not null then 1 else 0 end) over (
        partition by spellings.campaign
    )
    = 1 as is_tracked
from spellings
left join touched on spellings.campaign_text = touched.campaign_text
