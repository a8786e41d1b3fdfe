{{ config(meta={
    "identity": "conservation",
    "owner": "data team",
    "remedy": "Rows of an ad report in the lake are neither spend, nor detail, nor replaced by a newer export of their "
        ~ "account, breakdown and day: look at int_ad_coverage, int_ad_current_exports and int_ad_current_rows."
}) }}

with

    landed as (
        {%- for platform in ad_platforms("campaign_days") %}
            select '{{ platform }}' as source, file_id, count(*) as landed_rows
            from {{ ref("stg_" ~ platform ~ "__campaign_days") }}
            group by 1, 2
            union all
        {%- endfor %}
        select 'template', file_id, count(*)
        from {{ ref("stg_template__ad_spend") }}
        group by 1, 2
    ),

    -- Every day of a file holds in one piece: it is kept, or a newer export holds the day.
    days as (
        select
            covered.source,
            covered.file_id,
            covered.report_rows,
            coalesce(kept.report_rows, 0) as kept_rows,
            case
                when
                    kept.report_rows is null
                    and (
                        current_exports.exported_at > covered.exported_at
                        or covered.exported_at is null
                        or (
                            current_exports.exported_at = covered.exported_at
                            and current_exports.file_id > covered.file_id
                        )
                    )
                then covered.report_rows
                else 0
            end as superseded_rows
        from {{ ref("int_ad_coverage") }} as covered
        left join
            {{ ref("int_ad_current_exports") }} as current_exports
            on covered.source = current_exports.source
            and covered.account_key = current_exports.account_key
            and covered.breakdown = current_exports.breakdown
            and covered.spend_date = current_exports.spend_date
        left join
            (
                select
                    source,
                    account_key,
                    breakdown,
                    spend_date,
                    file_id,
                    sum(report_rows) as report_rows
                from {{ ref("int_ad_current_rows") }}
                group by 1, 2, 3, 4, 5
            ) as kept
            on covered.source = kept.source
            and covered.account_key = kept.account_key
            and covered.breakdown = kept.breakdown
            and covered.spend_date = kept.spend_date
            and covered.file_id = kept.file_id
            and current_exports.file_id = kept.file_id
        where covered.report_rows > 0
    ),

    files as (
        select
            source,
            file_id,
            sum(report_rows) as covered_rows,
            sum(kept_rows) as kept_rows,
            sum(superseded_rows) as superseded_rows
        from days
        group by 1, 2
    )

select landed.source, landed.file_id, landed.landed_rows, files.kept_rows, files.superseded_rows
from landed
left join files on landed.source = files.source and landed.file_id = files.file_id
where
    files.file_id is null
    or landed.landed_rows <> files.kept_rows + files.superseded_rows
    or landed.landed_rows <> files.covered_rows
