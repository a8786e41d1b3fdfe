{{ config(meta={
    "identity": "conservation",
    "owner": "data team",
    "remedy": "An ad row of the lake is neither current nor replaced by a newer export of its account and day: "
        ~ "check the newest_export partition of the stream."
}) }}

with

    landed as (
        select 'google_ads' as source, account_id, spend_date, file_id, count(*) as landed_rows
        from {{ ref("stg_google_ads__campaign_days") }}
        group by 1, 2, 3, 4
        union all
        select 'meta_ads', account_id, spend_date, file_id, count(*)
        from {{ ref("stg_meta_ads__campaign_days") }}
        group by 1, 2, 3, 4
        union all
        select
            'template',
            platform || ' ' || account_id || ' ' || channel,
            spend_date,
            file_id,
            count(*)
        from {{ ref("stg_template__ad_spend") }}
        group by 1, 2, 3, 4
    ),

    current_rows as (
        select 'google_ads' as source, account_id, spend_date, file_id, count(*) as kept_rows
        from {{ ref("int_google_ads__campaign_days") }}
        group by 1, 2, 3, 4
        union all
        select 'meta_ads', account_id, spend_date, file_id, count(*)
        from {{ ref("int_meta_ads__campaign_days") }}
        group by 1, 2, 3, 4
        union all
        select
            'template',
            platform || ' ' || account_id || ' ' || channel,
            spend_date,
            file_id,
            count(*)
        from {{ ref("int_template__ad_spend") }}
        group by 1, 2, 3, 4
    ),

    compared as (
        select
            landed.source,
            landed.account_id,
            landed.spend_date,
            -- One export holds the day: all of its rows or none.
            count(current_rows.file_id) as current_exports,
            sum(
                case when current_rows.kept_rows <> landed.landed_rows then 1 else 0 end
            ) as torn_exports
        from landed
        left join
            current_rows
            on landed.source = current_rows.source
            and landed.account_id is not distinct from current_rows.account_id
            and landed.spend_date is not distinct from current_rows.spend_date
            and landed.file_id = current_rows.file_id
        group by 1, 2, 3
    )

select *
from compared
where current_exports <> 1 or torn_exports > 0
