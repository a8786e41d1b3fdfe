{{ config(materialized=keyed(), key=["day"]) }}
{% set keys = touched({
    "fct_spend": "select spend_date from {changes}",
    "int_costs": "select month from {changes}",
    "int_campaign_names": "select spend_date from " ~ ref("fct_spend")
        ~ " where lower(trim(campaign_id)) in (select campaign_text from {changes})",
}) %}

with

    spend as (select * from {{ only(ref("fct_spend"), keys, {"day": "spend_date"}) }} as spend),
    names as (select * from {{ ref("int_campaign_names") }}),

    marketing as (
        select
            spend.spend_date as day,
            false as is_monthly,
            spend.channel,
            coalesce(names.campaign, '(unknown)') as campaign,
            spend.spend as media_spend,
            spend.spend as direct_marketing,
            coalesce(spend.conversions_value, 0) as claimed_value,
            spend.spend_with_value
        from spend
        left join names on lower(trim(spend.campaign_id)) = names.campaign_text
        union all
        select
            month,
            true,
            coalesce(channel, case when pool = 'media' then '(unknown)' else '(shared)' end),
            '(shared)',
            case when pool = 'media' then amount else 0 end,
            amount,
            0,
            0
        from {{ only(ref("int_costs"), keys, {"day": "month"}) }} as costs
        where is_counted and (pool = 'media' or is_direct_marketing)
    )

select
    day,
    is_monthly,
    channel,
    campaign,
    cast(sum(media_spend) as decimal(20, 6)) as media_spend,
    cast(sum(direct_marketing) as decimal(20, 6)) as direct_marketing,
    cast(sum(claimed_value) as decimal(20, 6)) as claimed_value,
    cast(sum(spend_with_value) as decimal(20, 6)) as spend_with_value
from marketing
group by 1, 2, 3, 4
