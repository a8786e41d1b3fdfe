{{ config(compared=true) }}

with

    export_days as (select * from {{ ref("int_ad_export_days") }}),
    current_exports as (select * from {{ ref("int_ad_current_exports") }}),

    figures as (
        select export_days.*, current_exports.is_feeding
        from export_days
        inner join
            current_exports
            on export_days.source = current_exports.source
            and export_days.account_key = current_exports.account_key
            and export_days.breakdown = current_exports.breakdown
            and export_days.spend_date = current_exports.spend_date
            and export_days.file_id = current_exports.file_id
        where current_exports.is_feeding or current_exports.is_account_total
    ),

    days as (
        select
            source,
            platform,
            account_id,
            account_key,
            spend_date,
            currency,
            {{ sum_or_zero("spend", "decimal(20, 6)", "is_feeding") }} as feeding_spend,
            {{ sum_or_zero("impressions", "bigint", "is_feeding") }} as feeding_impressions,
            {{ sum_or_zero("clicks", "bigint", "is_feeding") }} as feeding_clicks,
            {{ sum_or_zero("conversions", "decimal(20, 6)", "is_feeding") }} as feeding_conversions,
            {{ sum_or_zero("report_rows", "bigint", "is_feeding") }} as feeding_rows,
            {{ sum_or_zero("spend", "decimal(20, 6)", "not is_feeding") }} as account_spend,
            {{ sum_or_zero("impressions", "bigint", "not is_feeding") }} as account_impressions,
            {{ sum_or_zero("clicks", "bigint", "not is_feeding") }} as account_clicks,
            {{ sum_or_zero("conversions", "decimal(20, 6)", "not is_feeding") }}
            as account_conversions,
            sum(report_rows) as report_rows,
            max(case when not is_feeding then file_id end) as account_file_id,
            min(case when not is_feeding then file_row end) as account_file_row
        from figures
        group by source, platform, account_id, account_key, spend_date, currency
    ),

    -- An account in another currency than its campaigns is no remainder of theirs: S1 holds it.
    compared as (
        select
            days.*,
            coalesce(
                account_spend - feeding_spend > {{ rounding_tolerance("currency", "report_rows") }}
                and (
                    feeding_rows > 0
                    or sum(feeding_rows) over (partition by source, account_key, spend_date) = 0
                ),
                false
            ) as has_unallocated
        from days
    )

select
    source,
    platform,
    account_id,
    account_key,
    spend_date,
    currency,
    feeding_spend,
    feeding_impressions,
    feeding_clicks,
    feeding_conversions,
    feeding_rows,
    has_unallocated,
    cast(
        case when has_unallocated then account_spend - feeding_spend else 0 end as decimal(20, 6)
    ) as unallocated_spend,
    cast(
        case when has_unallocated then {{ left_over("impressions") }} end as bigint
    ) as unallocated_impressions,
    cast(
        case when has_unallocated then {{ left_over("clicks") }} end as bigint
    ) as unallocated_clicks,
    cast(
        case when has_unallocated then {{ left_over("conversions") }} end as decimal(20, 6)
    ) as unallocated_conversions,
    account_file_id,
    account_file_row
from compared
