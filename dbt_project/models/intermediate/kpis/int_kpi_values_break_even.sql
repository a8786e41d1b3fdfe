with

    break_even as (select * from {{ ref("kpi_break_even") }})

    {{ kpi_rows("break_even_cac", "''", "break_even", "first_order_cm2", "first_orders", "first_orders") }}
union all
{{
    kpi_rows(
        "break_even_roas", "''", "break_even", "net_revenue_with_cost", "units",
        "case when cm2 > 0 and net_revenue_with_cost > 0 then cm2 end"
    )
}}
union all
{{ kpi_rows("break_even_units_date", "'units'", "break_even", "break_even_units", "units") }}
union all
{{
    kpi_rows(
        "break_even_units_date", "'revenue'", "break_even",
        "cast(cast(cost_to_cover as decimal(18, 6)) * cast(net_revenue_with_cost as decimal(19, 6)) as decimal(28, 8))", "units",
        "case when cm2 > 0 and net_revenue_with_cost > 0 then cm2 end"
    )
}}
union all
{{
    kpi_rows(
        "break_even_units_date", "'margin_of_safety'", "break_even",
        "net_revenue - break_even_revenue", "units",
        "case when break_even_revenue is not null and net_revenue > 0 then net_revenue end"
    )
}}
