with

    periods as (select * from {{ ref("int_ad_period_totals") }}),

    -- Days that spend knows, and what it was on them.
    facts as (
        select
            source,
            account_id,
            spend_date,
            1 as days_covered,
            cast(null as string) as currency,
            cast(0 as decimal(20, 6)) as spend,
            cast(0 as decimal(20, 6)) as unallocated_spend,
            cast(0 as bigint) as report_rows,
            exported_at
        from {{ ref("int_ad_current_exports") }}
        where is_feeding and spend_date <= {{ as_of_date() }}
        union all
        select
            source,
            account_id,
            spend_date,
            0,
            currency,
            coalesce(feeding_spend, 0) + unallocated_spend,
            unallocated_spend,
            feeding_rows,
            cast(null as timestamp)
        from {{ ref("int_ad_day_totals") }}
        where spend_date <= {{ as_of_date() }}
    ),

    compared as (
        select
            periods.source,
            periods.account_id,
            periods.breakdown,
            periods.period_start,
            periods.period_end,
            periods.currency,
            periods.file_id,
            max(periods.exported_at) as exported_at,
            min(periods.file_row) as file_row,
            max(periods.spend) as reported_spend,
            max(periods.report_rows) as reported_rows,
            max(facts.exported_at) as spend_exported_at,
            coalesce(sum(facts.days_covered), 0) as days_covered,
            sum(
                case when facts.currency is not distinct from periods.currency then facts.spend end
            ) as total_spend,
            sum(
                case
                    when facts.currency is not distinct from periods.currency
                    then facts.unallocated_spend
                end
            ) as unallocated_spend,
            sum(
                case
                    when facts.currency is not distinct from periods.currency then facts.report_rows
                end
            ) as feeding_rows
        from periods
        -- A period without dates is all time.
        left join
            facts
            on periods.source = facts.source
            and periods.account_id = facts.account_id
            and (periods.period_start is null or facts.spend_date >= periods.period_start)
            and (periods.period_end is null or facts.spend_date <= periods.period_end)
        group by 1, 2, 3, 4, 5, 6, 7
    )

select
    source,
    account_id,
    breakdown,
    period_start,
    period_end,
    currency,
    reported_spend,
    cast(coalesce(total_spend, 0) as decimal(20, 6)) as total_spend,
    cast(coalesce(unallocated_spend, 0) as decimal(20, 6)) as unallocated_spend,
    {{ rounding_tolerance("currency", "reported_rows + coalesce(feeding_rows, 0)") }} as tolerance,
    cast(days_covered as bigint) as days_covered,
    cast({{ days_between("period_start", "period_end") }} + 1 as bigint) as days_in_period,
    file_id,
    file_row,
    exported_at,
    spend_exported_at
from compared
