{% set key = ["source", "account_key", "breakdown", "spend_date"] %}
{{ config(materialized=keyed(), key=key) }}
-- What a file says reaches its days through the table of exports: {{ ref("int_ad_export_days") }}
{% set ways = {
    "int_ad_current_exports": "select " ~ key | join(", ") ~ " from {changes}",
    "int_ad_export_days": "select " ~ key | join(", ") ~ " from {changes}",
    "int_ad_campaigns": "select " ~ prefixed("days", key) ~ " from " ~ this ~ " as days "
        ~ "inner join {changes} as changes on days.source = changes.source and days.campaign_id = changes.campaign_id",
    "int_ad_ads": "select " ~ key | join(", ") ~ " from " ~ this
        ~ " where breakdown like 'ad%' and source in (select source from {changes})",
    "int_ad_campaign_placements": [],
    "int_ad_accounts": [],
} %}
{% for stream in ad_day_streams() %} {% do ways.update({stream: []}) %} {% endfor %}
{% set keys = touched(ways) %}
{% set current_exports = only(ref("int_ad_current_exports"), keys, key) %}
with

    report_rows as (
        select *
        from
            {{ only_files(ref("int_ad_report_rows"), keys, "select file_id from " ~ current_exports) }}
    ),

    current_exports as (select * from {{ current_exports }} as exports),
    campaigns as (select * from {{ ref("int_ad_campaigns") }}),

    added_up as (
        select
            report_rows.source,
            report_rows.platform,
            report_rows.account_id,
            report_rows.account_key,
            report_rows.breakdown,
            current_exports.is_feeding,
            report_rows.campaign_id,
            report_rows.campaign_name,
            report_rows.member,
            report_rows.channel,
            report_rows.purpose,
            report_rows.spend_date,
            report_rows.currency,
            report_rows.file_id,
            max(report_rows.exported_at) as exported_at,
            min(report_rows.file_row) as file_row,
            {{ added_up_figures() }},
            cast(sum(report_rows.conversions_value) as decimal(20, 6)) as conversions_value,
            cast(count(*) as bigint) as report_rows
        from report_rows
        inner join
            current_exports
            on report_rows.source = current_exports.source
            and report_rows.account_key = current_exports.account_key
            and report_rows.breakdown = current_exports.breakdown
            and report_rows.spend_date = current_exports.spend_date
            and report_rows.file_id = current_exports.file_id
        group by
            report_rows.source,
            report_rows.platform,
            report_rows.account_id,
            report_rows.account_key,
            report_rows.breakdown,
            current_exports.is_feeding,
            report_rows.campaign_id,
            report_rows.campaign_name,
            report_rows.member,
            report_rows.channel,
            report_rows.purpose,
            report_rows.spend_date,
            report_rows.currency,
            report_rows.file_id,
            -- Rows that know their impressions or clicks are not mixed with rows that do not.
            report_rows.impressions is null,
            report_rows.clicks is null
    )

select
    added_up.source,
    added_up.platform,
    added_up.account_id,
    added_up.account_key,
    added_up.breakdown,
    added_up.is_feeding,
    added_up.campaign_id,
    coalesce(added_up.campaign_name, own.campaign_name, stray.campaign_name) as campaign_name,
    added_up.member,
    case when added_up.source = 'template' then 'channel' else 'channel_type' end as channel_field,
    coalesce(added_up.channel, own.channel_type, stray.channel_type) as channel_value,
    added_up.purpose,
    added_up.spend_date,
    added_up.currency,
    added_up.spend,
    added_up.impressions,
    added_up.clicks,
    added_up.conversions,
    added_up.conversions_value,
    added_up.report_rows,
    added_up.file_id,
    added_up.file_row,
    added_up.exported_at
from added_up
left join
    campaigns as own
    on added_up.source = own.source
    and added_up.account_id = own.account_id
    and added_up.campaign_id = own.campaign_id
left join
    campaigns as stray
    on stray.account_id = '(unknown)'
    and added_up.account_id <> '(unknown)'
    and added_up.source = stray.source
    and added_up.campaign_id = stray.campaign_id
