{{ config(meta={
    "identity": "S1",
    "owner": "marketing",
    "remedy": "The account's own total of the day shown says less than its campaigns, or another currency: a campaign is "
        ~ "counted twice, or one of the two exports is out of date. Export the account report and the campaign report "
        ~ "of those days again, at the same time; or take back (duet forget FILE) the one that is wrong."
}) }}

-- An account total that was exported before the campaigns while its day still moved is out of
-- date, and no contradiction.
select
    source,
    account_id,
    spend_date,
    currency,
    total_spend as campaigns_spend,
    reported_spend as account_spend,
    feeding_file_id,
    file_id
from {{ ref("int_ad_comparisons") }}
where
    is_account_total
    and spend_date <= {{ as_of_date() }}
    and abs(reported_spend - total_spend) > tolerance
    and not (
        reported_spend < total_spend
        and exported_at < feeding_exported_at
        and {{ days_between("spend_date", local_date("exported_at")) }} <= 3
    )
