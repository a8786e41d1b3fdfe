{{ config(compared=true) }}

with

    breakdowns as (select * from {{ ref("int_ad_breakdowns") }}),

    ranked as (
        select
            coverage.*,
            row_number() over (
                partition by source, account_key, breakdown, spend_date
                order by exported_at desc nulls last, file_id desc
            ) as newest_first
        from {{ ref("int_ad_coverage") }} as coverage
    ),

    current_exports as (
        select
            ranked.source,
            ranked.platform,
            ranked.account_id,
            ranked.account_key,
            ranked.breakdown,
            ranked.spend_date,
            ranked.file_id,
            ranked.exported_at,
            ranked.report_rows,
            breakdowns.is_complete,
            breakdowns.is_account_grain,
            row_number() over (
                partition by ranked.source, ranked.account_key, ranked.spend_date
                order by
                    case when breakdowns.is_complete then 0 else 1 end,
                    breakdowns.rank,
                    ranked.exported_at desc nulls last,
                    ranked.breakdown
            ) as best_first,
            row_number() over (
                partition by
                    ranked.source,
                    ranked.account_key,
                    ranked.spend_date,
                    breakdowns.is_account_grain
                order by breakdowns.rank, ranked.exported_at desc nulls last, ranked.breakdown
            ) as best_account_first
        from ranked
        inner join
            breakdowns
            on ranked.source = breakdowns.source
            and ranked.breakdown = breakdowns.breakdown
        where ranked.newest_first = 1
    )

select
    source,
    platform,
    account_id,
    account_key,
    breakdown,
    spend_date,
    file_id,
    exported_at,
    report_rows,
    is_complete,
    is_complete and best_first = 1 as is_feeding,
    is_account_grain and best_account_first = 1 and best_first > 1 as is_account_total
from current_exports
