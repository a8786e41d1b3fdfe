with

    periods as (select * from {{ ref("int_periods") }}),

    media as (
        select
            day,
            is_monthly,
            channel,
            spend,
            spend_at_constant_rates,
            impressions,
            clicks,
            clicks_seen,
            impressions_seen,
            spend_clicked,
            report_rows
        from {{ ref("int_media_days") }}
        union all
        -- Days without spend: their periods have a total of 0.
        select period_day, false, null, 0, 0, null, null, 0, 0, 0, 0
        from periods
        where grain = 'day'
    )

select
    periods.grain,
    periods.period,
    cut.dimension,
    cut.member,
    cast(coalesce(sum(cut.spend), 0) as decimal(20, 6)) as spend,
    {{ at_constant_rates("cast(coalesce(sum(cut.spend_at_constant_rates), 0) as decimal(20, 6))") }}
    as spend_at_constant_rates,
    -- Without any row there was none; rows that do not say leave it unknown.
    cast(
        case when sum(cut.report_rows) > 0 then sum(cut.impressions) else 0 end as bigint
    ) as impressions,
    cast(case when sum(cut.report_rows) > 0 then sum(cut.clicks) else 0 end as bigint) as clicks,
    cast(coalesce(sum(cut.clicks_seen), 0) as bigint) as clicks_seen,
    cast(coalesce(sum(cut.impressions_seen), 0) as bigint) as impressions_seen,
    cast(coalesce(sum(cut.spend_clicked), 0) as decimal(20, 6)) as spend_clicked,
    cast(coalesce(sum(cut.report_rows), 0) as bigint) as report_rows
from {{ total_and_channel("media") }} as cut
inner join periods on {{ in_period("cut") }}
group by 1, 2, 3, 4
