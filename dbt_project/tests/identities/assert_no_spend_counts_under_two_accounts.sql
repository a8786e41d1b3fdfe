{{ config(meta={
    "identity": "S1",
    "owner": "marketing",
    "remedy": "The campaign shown spent the same amount on the same day under the account shown and under none: it looks like "
        ~ "one account that landed twice, once from an export that does not name it. Export that one with the account "
        ~ "id, or take it back (duet forget FILE)."
}) }}

with

    campaign_days as (
        select
            source,
            account_id,
            campaign_id,
            max(campaign_name) as campaign_name,
            spend_date,
            currency,
            round(sum(spend_in_currency), 2) as spend,
            max(file_id) as file_id,
            min(file_row) as file_row
        from {{ ref("int_spend_days") }}
        where source <> 'template' and campaign_id not in ('(unknown)', '__unallocated__')
        group by 1, 2, 3, 5, 6
    ),

    unnamed as (select * from campaign_days where account_id = '(unknown)' and spend <> 0),
    named as (select * from campaign_days where account_id <> '(unknown)')

select
    unnamed.source,
    named.account_id,
    unnamed.campaign_name,
    unnamed.spend_date,
    unnamed.spend,
    unnamed.file_id,
    unnamed.file_row
from unnamed
inner join
    named
    on unnamed.source = named.source
    and unnamed.spend_date = named.spend_date
    and unnamed.currency = named.currency
    and unnamed.spend = named.spend
    and (unnamed.campaign_id = named.campaign_id or unnamed.campaign_name = named.campaign_name)
