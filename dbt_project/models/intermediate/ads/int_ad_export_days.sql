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
from {{ ref("int_ad_report_rows") }}
group by source, platform, account_id, account_key, breakdown, spend_date, currency, file_id
