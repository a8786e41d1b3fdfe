{{ config(meta={
    "identity": "conservation",
    "owner": "data team",
    "remedy": "Spend was lost or doubled between the ad rows and fct_spend: a key of campaigns, accounts, "
        ~ "channel_rules or int_fx_days is not unique."
}) }}

with

    landed as (
        select 'google_ads' as source, account_id, sum(spend) as spend, count(*) as ad_rows
        from {{ ref("int_google_ads__campaign_days") }}
        where spend_date <= {{ as_of_date() }}
        group by 1, 2
        union all
        select 'meta_ads', account_id, sum(spend), count(*)
        from {{ ref("int_meta_ads__campaign_days") }}
        where spend_date <= {{ as_of_date() }}
        group by 1, 2
        union all
        select 'template', account_id, sum(spend), count(*)
        from {{ ref("int_template__ad_spend") }}
        where spend_date <= {{ as_of_date() }}
        group by 1, 2
    ),

    facts as (
        select source, account_id, sum(spend_in_currency) as spend, sum(report_rows) as ad_rows
        from {{ ref("fct_spend") }}
        group by 1, 2
    )

select landed.*, facts.spend as spend_in_facts, facts.ad_rows as ad_rows_in_facts
from landed
full outer join facts on landed.source = facts.source and landed.account_id = facts.account_id
where
    landed.ad_rows is null
    or facts.ad_rows is null
    or landed.ad_rows <> facts.ad_rows
    or landed.spend <> facts.spend
