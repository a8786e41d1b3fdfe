with

    efficiency as (select * from {{ ref("kpi_efficiency") }}),
    totals as (select * from efficiency where dimension = ''),
    sellers as (select * from efficiency where dimension <> '' and is_tracked and media_spend <> 0),
    spenders as (
        select *
        from efficiency
        where
            is_tracked
            and member <> '(shared)'
            and direct_marketing <> 0
            and cm2 is not null
            and grain not in ('day', 'week')
    ),
    claimants as (select * from efficiency where spend_with_value <> 0)

    {{ kpi_rows("mer", "''", "totals", "net_revenue", "orders", "media_spend") }}
union all
{{
    kpi_rows(
        "mer", "'all_marketing'", "totals", "net_revenue", "orders", "marketing_cost", "marketing_cost is not null"
    )
}}
union all
{{ kpi_rows("amer", "''", "totals", "first_order_revenue", "first_orders", "media_spend") }}
union all
{{ kpi_rows("roas", "'last_touch_order_basis'", "sellers", "net_revenue", "orders", "media_spend") }}
union all
{{ kpi_rows("roas_platform", "''", "claimants", "claimed_value", "orders", "spend_with_value") }}
union all
{{
    kpi_rows(
        "romi_attributed", "'last_touch_order_basis'", "spenders", "cm2 - direct_marketing",
        "orders", "direct_marketing"
    )
}}
