with

    period_rows as ({{ placed_ad_rows("campaign_periods", ["period_start", "period_end"]) }}),

    only_accounts as (
        select source, max(account_id) as account_id
        from {{ ref("int_ad_export_days") }}
        group by source
        having count(distinct account_id) = 1
    ),

    periods as (
        select
            period_rows.source,
            case
                when period_rows.account_id = '(unknown)'
                then coalesce(only_accounts.account_id, '(unknown)')
                else period_rows.account_id
            end as account_id,
            period_rows.breakdown,
            period_rows.period_start,
            period_rows.period_end,
            period_rows.currency,
            period_rows.file_id,
            max(period_rows.exported_at) as exported_at,
            min(period_rows.file_row) as file_row,
            {{ added_up_figures() }},
            cast(count(*) as bigint) as report_rows
        from period_rows
        left join only_accounts on period_rows.source = only_accounts.source
        group by 1, 2, 3, 4, 5, 6, 7
    ),

    ranked as (
        select
            periods.*,
            rank() over (
                partition by source, account_id, breakdown, period_start, period_end
                order by exported_at desc nulls last, file_id desc
            ) as newest_first
        from periods
    )

select
    source,
    account_id,
    breakdown,
    period_start,
    period_end,
    currency,
    spend,
    impressions,
    clicks,
    conversions,
    report_rows,
    file_id,
    file_row,
    exported_at
from ranked
where newest_first = 1
