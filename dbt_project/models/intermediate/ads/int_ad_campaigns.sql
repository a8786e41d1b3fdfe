{{ config(compared=true) }}

with

    versions as (
        select
            source,
            coalesce(account_id, '(unknown)') as account_id,
            campaign_id,
            campaign_name,
            currency,
            channel_type,
            status,
            updated_at,
            file_id,
            file_row,
            exported_at
        from ({{ ad_union("campaigns") }}) as campaigns
        where campaign_id is not null
    ),

    campaigns as (
        select
            source,
            account_id,
            campaign_id,
            campaign_name,
            currency,
            channel_type,
            status,
            updated_at
        from
            {{ newest("versions", ["source", "account_id", "campaign_id"], "updated_at") }}
            as current_rows
    ),

    owners as (
        select
            source,
            campaign_id,
            -- Two accounts that claim one campaign: neither is known to own it.
            case
                when count(distinct case when account_id <> '(unknown)' then account_id end) = 1
                then max(case when account_id <> '(unknown)' then account_id end)
            end as owner_account_id
        from campaigns
        group by source, campaign_id
    )

select
    campaigns.source,
    campaigns.account_id,
    campaigns.campaign_id,
    owners.owner_account_id,
    campaigns.campaign_name,
    campaigns.currency,
    campaigns.channel_type,
    campaigns.status,
    campaigns.updated_at
from campaigns
inner join owners on campaigns.source = owners.source and campaigns.campaign_id = owners.campaign_id
