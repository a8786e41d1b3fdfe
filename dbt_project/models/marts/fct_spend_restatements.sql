with

    ledger as (select * from {{ ref("fct_spend_history") }} where is_feeding),

    first_seen as (
        select
            source,
            account_key,
            spend_date,
            currency,
            spend as first_spend,
            conversions as first_conversions
        from ledger
        where export_number = 1
    ),

    -- What every later export changed, by how old the day was then.
    changes as (
        select
            ledger.source,
            ledger.platform,
            ledger.account_key,
            ledger.spend_date,
            ledger.currency,
            case
                when ledger.age_days <= 3
                then 0
                when ledger.age_days <= 7
                then 4
                when ledger.age_days <= 28
                then 8
                else 29
            end as age_from_days,
            coalesce(ledger.spend_change, 0) as spend_change,
            coalesce(ledger.conversions_change, 0) as conversions_change
        from ledger
        where ledger.export_number > 1
    ),

    account_days as (
        select
            source,
            platform,
            account_key,
            spend_date,
            currency,
            age_from_days,
            sum(spend_change) as spend_moved,
            sum(abs(spend_change)) as spend_moved_absolute,
            sum(conversions_change) as conversions_moved,
            sum(abs(conversions_change)) as conversions_moved_absolute
        from changes
        group by 1, 2, 3, 4, 5, 6
    )

select
    -- dimensions
    account_days.source,
    account_days.platform,
    cast(account_days.age_from_days as bigint) as age_from_days,
    case
        account_days.age_from_days when 0 then '0-3' when 4 then '4-7' when 8 then '8-28' else '29+'
    end as age,

    -- measures
    cast(count(*) as bigint) as account_days,
    cast(
        sum(
            case
                when account_days.spend_moved_absolute <> 0 or conversions_moved_absolute <> 0
                then 1
                else 0
            end
        ) as bigint
    ) as account_days_moved,
    cast(sum(first_seen.first_spend) as decimal(20, 6)) as first_spend,
    cast(sum(account_days.spend_moved) as decimal(20, 6)) as spend_moved,
    cast(sum(account_days.spend_moved_absolute) as decimal(20, 6)) as spend_moved_absolute,
    {{ ratio("sum(account_days.spend_moved_absolute)", "sum(first_seen.first_spend)") }}
    as spend_moved_rate,
    cast(sum(first_seen.first_conversions) as decimal(20, 6)) as first_conversions,
    cast(sum(account_days.conversions_moved) as decimal(20, 6)) as conversions_moved,
    cast(
        sum(account_days.conversions_moved_absolute) as decimal(20, 6)
    ) as conversions_moved_absolute
from account_days
inner join
    first_seen
    on account_days.source = first_seen.source
    and account_days.account_key = first_seen.account_key
    and account_days.spend_date = first_seen.spend_date
    and account_days.currency is not distinct from first_seen.currency
group by account_days.source, account_days.platform, account_days.age_from_days
