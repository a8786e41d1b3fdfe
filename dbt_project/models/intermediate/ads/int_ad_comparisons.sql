with

    totals as (select * from {{ ref("int_ad_day_totals") }}),
    export_days as (select * from {{ ref("int_ad_export_days") }}),
    current_exports as (select * from {{ ref("int_ad_current_exports") }}),

    -- A report that covers the day without a row says zero, in every currency that the day knows.
    reported as (
        select
            current_exports.source,
            current_exports.account_key,
            current_exports.breakdown,
            current_exports.spend_date,
            totals.currency,
            cast(null as decimal(20, 6)) as spend,
            cast(null as bigint) as impressions,
            cast(null as bigint) as clicks,
            cast(null as decimal(20, 6)) as conversions,
            0 as report_rows
        from current_exports
        inner join
            totals
            on current_exports.source = totals.source
            and current_exports.account_key = totals.account_key
            and current_exports.spend_date = totals.spend_date
        union all
        select
            export_days.source,
            export_days.account_key,
            export_days.breakdown,
            export_days.spend_date,
            export_days.currency,
            export_days.spend,
            export_days.impressions,
            export_days.clicks,
            export_days.conversions,
            export_days.report_rows
        from export_days
        inner join
            current_exports
            on export_days.source = current_exports.source
            and export_days.account_key = current_exports.account_key
            and export_days.breakdown = current_exports.breakdown
            and export_days.spend_date = current_exports.spend_date
            and export_days.file_id = current_exports.file_id
    ),

    reports as (
        select
            source,
            account_key,
            breakdown,
            spend_date,
            currency,
            {{ sum_or_zero("spend", "decimal(20, 6)") }} as spend,
            {{ sum_or_zero("impressions", "bigint") }} as impressions,
            {{ sum_or_zero("clicks", "bigint") }} as clicks,
            {{ sum_or_zero("conversions", "decimal(20, 6)") }} as conversions,
            cast(sum(report_rows) as bigint) as report_rows
        from reported
        group by source, account_key, breakdown, spend_date, currency
    )

select
    current_exports.source,
    current_exports.platform,
    current_exports.account_id,
    current_exports.account_key,
    current_exports.breakdown,
    current_exports.is_complete,
    current_exports.is_feeding,
    current_exports.is_account_total,
    current_exports.spend_date,
    reports.currency,
    reports.spend as reported_spend,
    reports.impressions as reported_impressions,
    reports.clicks as reported_clicks,
    reports.conversions as reported_conversions,
    cast(
        coalesce(totals.feeding_spend + totals.unallocated_spend, 0) as decimal(20, 6)
    ) as total_spend,
    cast(
        totals.feeding_impressions + coalesce(totals.unallocated_impressions, 0) as bigint
    ) as total_impressions,
    cast(totals.feeding_clicks + coalesce(totals.unallocated_clicks, 0) as bigint) as total_clicks,
    cast(
        totals.feeding_conversions + coalesce(totals.unallocated_conversions, 0) as decimal(20, 6)
    ) as total_conversions,
    coalesce(totals.unallocated_spend, 0) as unallocated_spend,
    {{
        rounding_tolerance(
            "reports.currency", "reports.report_rows + coalesce(totals.feeding_rows, 0)"
        )
    }} as tolerance,
    current_exports.file_id,
    current_exports.exported_at,
    feeding.file_id as feeding_file_id,
    feeding.exported_at as feeding_exported_at
from reports
inner join
    current_exports
    on reports.source = current_exports.source
    and reports.account_key = current_exports.account_key
    and reports.breakdown = current_exports.breakdown
    and reports.spend_date = current_exports.spend_date
left join
    current_exports as feeding
    on reports.source = feeding.source
    and reports.account_key = feeding.account_key
    and reports.spend_date = feeding.spend_date
    and feeding.is_feeding
left join
    totals
    on reports.source = totals.source
    and reports.account_key = totals.account_key
    and reports.spend_date = totals.spend_date
    and reports.currency is not distinct from totals.currency
