{{ config(meta={
    "identity": "S4",
    "owner": "marketing",
    "remedy": "The file and row shown has negative spend. If it is a credit note, take it out of the ad report and "
        ~ "enter it as a cost of pool media; else export the report again."
}) }}

select
    negative.source,
    negative.account_id,
    negative.campaign_id,
    negative.spend_date,
    negative.currency,
    negative.spend as spend_in_currency,
    negative.file_id,
    negative.file_row
from {{ ref("int_ad_report_rows") }} as negative
inner join
    {{ ref("int_ad_current_exports") }} as current_exports
    on negative.source = current_exports.source
    and negative.account_key = current_exports.account_key
    and negative.breakdown = current_exports.breakdown
    and negative.spend_date = current_exports.spend_date
    and negative.file_id = current_exports.file_id
    and current_exports.is_feeding
where negative.spend < 0
