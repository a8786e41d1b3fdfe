with

    media as (select * from {{ ref("int_media_periods") }}),

    revenue as (
        select *
        from {{ ref("kpi_contribution_margin") }}
        where dimension = '' and basis = 'order_basis'
    ),

    efficiency as (
        select
            media.grain,
            media.period,
            media.dimension,
            media.member,
            media.spend,
            revenue.net_revenue,
            revenue.orders
        from media
        inner join
            revenue
            on media.grain = revenue.grain
            and media.period is not distinct from revenue.period
        where media.dimension = ''
    )

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
union all
{{ kpi_rows("mer", "''", "efficiency", "net_revenue", "orders", "spend") }}
