{{ config(materialized=keyed(), key=["file_id"]) }}
{% set ways = {
    "int_ad_campaign_placements": "select rows.file_id from " ~ ref("int_ad_report_rows") ~ " as rows "
        ~ "inner join {changes} as changes on rows.source = changes.source and rows.campaign_id = changes.campaign_id",
    "int_ad_accounts": "select days.file_id from " ~ this ~ " as days "
        ~ "inner join {changes} as changes on days.source = changes.source and days.account_id = changes.account_id",
    "int_ad_ads": "select file_id from " ~ this ~ " where breakdown like 'ad%' and source in (select source from {changes})",
} %}
{% for stream in ad_day_streams() %}
    {% do ways.update({stream: "select file_id from build.new_parts where stream = '" ~ stream ~ "'"}) %}
{% endfor %}
{% set keys = touched(ways) %}

select
    source,
    platform,
    account_id,
    account_key,
    breakdown,
    spend_date,
    currency,
    file_id,
    max(exported_at) as exported_at,
    min(file_row) as file_row,
    {{ added_up_figures() }},
    cast(count(*) as bigint) as report_rows
from {{ only_files(ref("int_ad_report_rows"), keys, "select file_id from " ~ touched_relation()) }}
group by source, platform, account_id, account_key, breakdown, spend_date, currency, file_id
