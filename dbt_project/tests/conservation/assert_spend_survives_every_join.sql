{{ config(meta={
    "identity": "conservation",
    "owner": "data team",
    "remedy": "Spend was lost or doubled between the lake and fct_spend: a key of campaigns, ads, accounts, "
        ~ "channel_rules or int_fx_days is not unique, or rows were counted that do not feed."
}) }}

with

    landed as (
        select
            rows_of_lake.source,
            rows_of_lake.account_id,
            rows_of_lake.currency,
            sum(rows_of_lake.spend) as spend,
            count(*) as ad_rows
        from {{ ref("int_ad_report_rows") }} as rows_of_lake
        inner join
            {{ ref("int_ad_current_exports") }} as feeding
            on rows_of_lake.source = feeding.source
            and rows_of_lake.account_key = feeding.account_key
            and rows_of_lake.breakdown = feeding.breakdown
            and rows_of_lake.spend_date = feeding.spend_date
            and rows_of_lake.file_id = feeding.file_id
            and feeding.is_feeding
        where rows_of_lake.spend_date <= {{ as_of_date() }}
        group by 1, 2, 3
    ),

    unallocated as (
        select source, account_id, currency, sum(unallocated_spend) as spend
        from {{ ref("int_ad_day_totals") }}
        where has_unallocated and spend_date <= {{ as_of_date() }}
        group by 1, 2, 3
    ),

    expected as (
        select source, account_id, currency, sum(spend) as spend, sum(ad_rows) as ad_rows
        from
            (
                select source, account_id, currency, spend, ad_rows
                from landed
                union all
                select source, account_id, currency, spend, 0
                from unallocated
            ) as parts
        group by 1, 2, 3
    ),

    facts as (
        select
            source,
            account_id,
            currency,
            sum(spend_in_currency) as spend,
            sum(report_rows) as ad_rows
        from {{ ref("fct_spend") }}
        group by 1, 2, 3
    )

select
    expected.source,
    expected.account_id,
    expected.currency,
    expected.spend,
    expected.ad_rows,
    facts.spend as spend_in_facts,
    facts.ad_rows as ad_rows_in_facts
from expected
full outer join
    facts
    on expected.source = facts.source
    and expected.account_id = facts.account_id
    and coalesce(expected.currency, '') = coalesce(facts.currency, '')
where
    expected.ad_rows is null
    or facts.ad_rows is null
    or expected.ad_rows <> facts.ad_rows
    or expected.spend <> facts.spend
