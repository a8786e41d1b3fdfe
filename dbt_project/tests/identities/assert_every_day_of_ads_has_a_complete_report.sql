{{ config(meta={
    "identity": "S1",
    "owner": "marketing",
    "remedy": "For the account and days shown there is spend, but only in reports that leave some of it out (search terms, "
        ~ "keywords, …), so nobody knows how much it was. Export the campaign report by day for those days and drop it in "
        ~ "too; or take the file back (duet forget FILE)."
}) }}

select
    source,
    account_id,
    breakdown,
    file_id,
    min(spend_date) as first_day,
    max(spend_date) as last_day,
    count(distinct spend_date) as days,
    sum(reported_spend) as spend
from {{ ref("int_ad_comparisons") }}
where feeding_file_id is null and reported_spend <> 0 and spend_date <= {{ as_of_date() }}
group by source, account_id, breakdown, file_id
