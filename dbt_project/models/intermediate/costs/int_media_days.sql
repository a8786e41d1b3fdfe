{{ config(materialized=keyed(), key=["day"]) }}
{% set keys = touched({
    "int_spend_days": "select spend_date from {changes}",
    "int_costs": "select month from {changes}",
}) %}

with

    ads as (
        select
            spend_date as day,
            false as is_monthly,
            channel,
            purpose,
            is_purpose_tagged,
            sum(spend) as spend,
            sum(spend_at_constant_rates) as spend_at_constant_rates,
            sum(impressions) as impressions,
            sum(clicks) as clicks,
            -- Ratios take both sides from the rows that know both.
            sum(case when impressions is not null then clicks end) as clicks_seen,
            sum(case when clicks is not null then impressions end) as impressions_seen,
            sum(case when clicks is not null then spend end) as spend_clicked,
            sum(report_rows) as report_rows
        from {{ only(ref("int_spend_days"), keys, {"day": "spend_date"}) }} as spend_days
        group by 1, 2, 3, 4, 5
    ),

    bookings as (
        select
            month as day,
            true as is_monthly,
            coalesce(channel, '(unknown)') as channel,
            purpose,
            is_purpose_tagged,
            sum(amount) as spend,
            sum(amount_at_constant_rates) as spend_at_constant_rates,
            count(*) as report_rows
        from {{ only(ref("int_costs"), keys, {"day": "month"}) }} as costs
        where pool = 'media' and is_counted
        group by 1, 2, 3, 4, 5
    ),

    media as (
        select *
        from ads
        union all
        select
            day,
            is_monthly,
            channel,
            purpose,
            is_purpose_tagged,
            spend,
            spend_at_constant_rates,
            null,
            null,
            null,
            null,
            null,
            report_rows
        from bookings
    )

select
    day,
    is_monthly,
    channel,
    purpose,
    is_purpose_tagged,
    cast(spend as decimal(20, 6)) as spend,
    cast(spend_at_constant_rates as decimal(20, 6)) as spend_at_constant_rates,
    cast(impressions as bigint) as impressions,
    cast(clicks as bigint) as clicks,
    cast(clicks_seen as bigint) as clicks_seen,
    cast(impressions_seen as bigint) as impressions_seen,
    cast(spend_clicked as decimal(20, 6)) as spend_clicked,
    cast(report_rows as bigint) as report_rows
from media
