{{ config(severity="warn", meta={
    "identity": "conservation",
    "owner": "marketing",
    "remedy": "The export shown has no rows and names no account, and its source has several: it says that nothing happened "
        ~ "and nobody knows where, so it changes nothing. Take it back (duet forget FILE) and export a report that names its "
        ~ "account, such as one with the account id as a column."
}) }}

select exports.source, exports.file_id, exports.window_start, exports.window_end
from {{ ref("stg_duet__exports") }} as exports
inner join
    (
        select source
        from {{ ref("int_ad_coverage") }}
        group by source
        having count(distinct account_key) > 1
    ) as several
    on exports.source = several.source
where
    exports.stream = 'campaign_days'
    and exports.loaded_rows = 0
    and coalesce(exports.account_id, '(unknown)') = '(unknown)'
    and exports.window_start is not null
