with

    export_days as (select * from {{ ref("int_ad_export_days") }}),

    declared as (
        select file_id, source, breakdown, account_id, window_start, window_end, exported_at
        from {{ ref("stg_duet__exports") }}
        where stream = 'campaign_days' and window_start is not null and window_end is not null
    ),

    -- What stands in the rows of a file, and what is known of each account at all.
    books as (
        select distinct source, platform, account_id, account_key, breakdown, file_id
        from export_days
    ),

    account_breakdowns as (
        select distinct source, platform, account_id, account_key, breakdown from books
    ),

    only_accounts as (
        select source, max(account_id) as account_id
        from account_breakdowns
        group by source
        having count(distinct account_key) = 1
    ),

    empty_exports as (
        select
            declared.source,
            coalesce(
                nullif(declared.account_id, '(unknown)'), only_accounts.account_id
            ) as account_id,
            declared.breakdown,
            declared.file_id
        from declared
        left join books on declared.file_id = books.file_id
        left join only_accounts on declared.source = only_accounts.source
        where books.file_id is null
    ),

    -- An empty export that does not say what it would have split by says that there was nothing
    -- to split.
    empty_books as (
        select
            empty_exports.source,
            empty_exports.account_id,
            coalesce(empty_exports.breakdown, account_breakdowns.breakdown) as breakdown,
            empty_exports.file_id
        from empty_exports
        left join
            account_breakdowns
            on empty_exports.breakdown is null
            and empty_exports.source = account_breakdowns.source
            and empty_exports.account_id = account_breakdowns.account_id
        where
            empty_exports.account_id is not null
            and coalesce(empty_exports.breakdown, account_breakdowns.breakdown) is not null
    ),

    declared_books as (
        select *
        from books
        union all
        select source, source, account_id, account_id, breakdown, file_id
        from empty_books
    ),

    numbers as (select cast(id as int) as days_later from range(80000) as numbers(id)),
    windows as (select distinct window_start, window_end from declared),

    window_days as (
        select
            windows.window_start,
            windows.window_end,
            cast(windows.window_start + numbers.days_later as date) as spend_date
        from windows
        inner join
            numbers
            on numbers.days_later
            <= {{ days_between("windows.window_start", "windows.window_end") }}
    ),

    covered as (
        select
            source,
            platform,
            account_id,
            account_key,
            breakdown,
            spend_date,
            file_id,
            exported_at,
            report_rows
        from export_days
        union all
        select
            declared_books.source,
            declared_books.platform,
            declared_books.account_id,
            declared_books.account_key,
            declared_books.breakdown,
            window_days.spend_date,
            declared_books.file_id,
            declared.exported_at,
            0
        from declared_books
        inner join declared on declared_books.file_id = declared.file_id
        inner join
            window_days
            on declared.window_start = window_days.window_start
            and declared.window_end = window_days.window_end
    )

select
    source,
    platform,
    account_id,
    account_key,
    breakdown,
    spend_date,
    file_id,
    max(exported_at) as exported_at,
    cast(sum(report_rows) as bigint) as report_rows
from covered
group by source, platform, account_id, account_key, breakdown, spend_date, file_id
