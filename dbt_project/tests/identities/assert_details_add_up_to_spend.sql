{{ config(meta={
    "identity": "S2",
    "owner": "data team",
    "remedy": "A breakdown with its remainder no longer adds up to the spend of its day: look at int_ad_comparisons and "
        ~ "fct_spend_details."
}) }}

with

    details as (
        select source, account_id, breakdown, spend_date, currency, sum(spend_in_currency) as spend
        from {{ ref("fct_spend_details") }}
        group by 1, 2, 3, 4, 5
    ),

    totals as (
        select source, account_id, spend_date, currency, sum(spend_in_currency) as spend
        from {{ ref("fct_spend") }}
        group by 1, 2, 3, 4
    )

select
    details.source,
    details.account_id,
    details.breakdown,
    details.spend_date,
    details.currency,
    details.spend,
    coalesce(totals.spend, 0) as spend_of_day
from details
left join
    totals
    on details.source = totals.source
    and details.account_id = totals.account_id
    and details.spend_date = totals.spend_date
    and details.currency is not distinct from totals.currency
where details.spend <> coalesce(totals.spend, 0)
