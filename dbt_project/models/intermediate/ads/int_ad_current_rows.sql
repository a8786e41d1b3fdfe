{% set key = ["source", "account_key", "breakdown", "spend_date"] %}
{% set own = "select " ~ key | join(", ") %}
{{ config(materialized=keyed(), key=key) }}
-- What a file says reaches its days through the table of exports: {{ ref("int_ad_export_days") }}
{% set ways = {
    "int_ad_current_exports": own ~ " from {changes}",
    "int_ad_export_days": own ~ " from {changes}",
    "int_ad_campaigns": "select " ~ prefixed("days", key) ~ " from " ~ this ~ " as days "
        ~ "inner join {changes} as changes on days.source = changes.source and days.campaign_id = changes.campaign_id",
    "int_ad_ads": own ~ " from " ~ this ~ " where breakdown like 'ad%' and source in (select source from {changes})",
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

    -- A number stands for all that an export says of a day: rows are added up by few columns.
    current_exports as (
        select
            exports.*,
            row_number() over (
                order by source, account_key, breakdown, spend_date, file_id
            ) as export_no
        from {{ current_exports }} as exports
    ),

    campaigns as (select * from {{ ref("int_ad_campaigns") }}),

    added_up as (
        select
            current_exports.export_no,
            -- Elsewhere both are those of the export.
            case
                when report_rows.source = 'template' then report_rows.platform
            end as template_platform,
            case
                when report_rows.source = 'template' then report_rows.account_id
            end as template_account_id,
            report_rows.campaign_id,
            report_rows.campaign_name,
            report_rows.member,
            report_rows.channel,
            report_rows.purpose,
            report_rows.currency,
            max(report_rows.exported_at) as exported_at,
            min(report_rows.file_row) as file_row,
            {{ added_up_figures() }},
            cast(sum(report_rows.conversions_value) as decimal(20, 6)) as conversions_value,
            cast(sum(report_rows.claimed_leads) as bigint) as claimed_leads,
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
            1,
            2,
            3,
            report_rows.campaign_id,
            report_rows.campaign_name,
            report_rows.member,
            report_rows.channel,
            report_rows.purpose,
            report_rows.currency,
            -- Rows that know their impressions or clicks are not mixed with rows that do not.
            report_rows.impressions is null,
            report_rows.clicks is null
    ),

    of_exports as (
        select
            added_up.*,
            current_exports.source,
            case
                when current_exports.source = 'template'
                then added_up.template_platform
                else current_exports.platform
            end as platform,
            case
                when current_exports.source = 'template'
                then added_up.template_account_id
                else current_exports.account_id
            end as account_id,
            current_exports.account_key,
            current_exports.breakdown,
            current_exports.is_feeding,
            current_exports.spend_date,
            current_exports.file_id
        from added_up
        inner join current_exports on added_up.export_no = current_exports.export_no
    )

select
    of_exports.source,
    of_exports.platform,
    of_exports.account_id,
    of_exports.account_key,
    of_exports.breakdown,
    of_exports.is_feeding,
    of_exports.campaign_id,
    coalesce(of_exports.campaign_name, own.campaign_name, stray.campaign_name) as campaign_name,
    of_exports.member,
    case
        when of_exports.source = 'template' then 'channel' else 'channel_type'
    end as channel_field,
    coalesce(of_exports.channel, own.channel_type, stray.channel_type) as channel_value,
    of_exports.purpose,
    of_exports.spend_date,
    of_exports.currency,
    of_exports.spend,
    of_exports.impressions,
    of_exports.clicks,
    of_exports.conversions,
    of_exports.conversions_value,
    of_exports.claimed_leads,
    of_exports.report_rows,
    of_exports.file_id,
    of_exports.file_row,
    of_exports.exported_at
from of_exports
left join
    campaigns as own
    on of_exports.source = own.source
    and of_exports.account_id = own.account_id
    and of_exports.campaign_id = own.campaign_id
left join
    campaigns as stray
    on stray.account_id = '(unknown)'
    and of_exports.account_id <> '(unknown)'
    and of_exports.source = stray.source
    and of_exports.campaign_id = stray.campaign_id
