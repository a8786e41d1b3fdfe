with

    media as (select * from {{ ref("int_media_periods") }})

    {{ kpi_rows("spend", "''", "media", "spend", "report_rows") }}
union all
{{
    kpi_rows(
        "spend", "'constant_currency'", "media", "spend_at_constant_rates", "report_rows",
        where="spend_at_constant_rates is not null"
    )
}}
union all
{{ kpi_rows("impressions", "''", "media", "impressions", "report_rows") }}
union all
{{ kpi_rows("clicks", "''", "media", "clicks", "report_rows") }}
union all
{{ kpi_rows("ctr", "''", "media", "clicks_seen", "impressions_seen", "impressions_seen") }}
union all
{{ kpi_rows("cpc", "''", "media", "spend_clicked", "coalesce(clicks, 0)", "coalesce(clicks, 0)") }}
