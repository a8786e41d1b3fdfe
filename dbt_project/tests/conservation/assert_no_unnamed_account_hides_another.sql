{{ config(meta={
    "identity": "conservation",
    "owner": "marketing",
    "remedy": "The export shown was replaced by a newer one of the same day that has none of its campaigns, and neither "
        ~ "names an account: they look like two accounts. Take both away (duet forget FILE) and export them with the "
        ~ "account id (templates: fill in account); or forget the one that is not wanted."
}) }}

with

    landed as (
        select
            source,
            account_key,
            breakdown,
            coalesce(campaign_id, campaign_name, '') as campaign,
            spend_date,
            file_id,
            sum(spend) as spend,
            min(file_row) as file_row
        from {{ ref("int_ad_report_rows") }}
        where account_id in ('(unknown)', '')
        group by 1, 2, 3, 4, 5, 6
    ),

    campaigns as (select distinct source, account_key, breakdown, campaign, file_id from landed),

    campaign_days as (
        select distinct source, account_key, breakdown, campaign, spend_date, file_id from landed
    ),

    replaced as (
        select
            landed.source,
            landed.account_key,
            landed.breakdown,
            landed.spend_date,
            landed.file_id,
            newest.file_id as newest_file_id,
            newest.report_rows as newest_rows,
            landed.campaign,
            landed.file_row,
            landed.spend
        from landed
        inner join
            {{ ref("int_ad_current_exports") }} as newest
            on landed.source = newest.source
            and landed.account_key = newest.account_key
            and landed.breakdown = newest.breakdown
            and landed.spend_date = newest.spend_date
            and landed.file_id <> newest.file_id
    ),

    compared as (
        select
            replaced.source,
            replaced.account_key,
            replaced.spend_date,
            replaced.file_id,
            min(replaced.file_row) as file_row,
            sum(replaced.spend) as spend,
            -- On the day itself, or anywhere in the newer export where it has no row of that day.
            count(
                case
                    when replaced.newest_rows > 0
                    then campaign_days.campaign
                    else campaigns.campaign
                end
            ) as shared_campaigns,
            max(case when exports_with_rows.file_id is null then 1 else 0 end) as newest_is_empty
        from replaced
        left join
            campaigns
            on replaced.source = campaigns.source
            and replaced.account_key = campaigns.account_key
            and replaced.breakdown = campaigns.breakdown
            and replaced.campaign = campaigns.campaign
            and replaced.newest_file_id = campaigns.file_id
        left join
            campaign_days
            on replaced.source = campaign_days.source
            and replaced.account_key = campaign_days.account_key
            and replaced.breakdown = campaign_days.breakdown
            and replaced.campaign = campaign_days.campaign
            and replaced.spend_date = campaign_days.spend_date
            and replaced.newest_file_id = campaign_days.file_id
        left join
            (select distinct file_id from landed) as exports_with_rows
            on replaced.newest_file_id = exports_with_rows.file_id
        group by 1, 2, 3, 4
    )

-- An export without any row says that the account was silent; it has no campaigns to be told by.
select source, account_key, file_id, file_row, spend_date, spend
from compared
where shared_campaigns = 0 and spend <> 0 and newest_is_empty = 0
