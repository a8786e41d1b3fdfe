with

    -- A member that only costs, or only sells, breaks even at nothing.
    cuts as (select * from {{ ref("kpi_break_even") }} where member <> '(shared)'),
    firm as (select * from cuts where dimension = ''),
    launched as (
        select * from cuts where dimension = '' or (grain = 'all' and launch_date is not null)
    ),
    sold as (select * from cuts where dimension = '' or units > 0),
    values_of_customers as (
        select * from {{ ref("int_customer_value_periods") }} where is_mature and customers > 0
    )

    {{ kpi_rows("break_even_cac", "''", "firm", "first_order_cm2", "first_orders", "first_orders") }}
union all
{{
    kpi_rows(
        "break_even_cac", "''", "values_of_customers", "cm2", "customers", "customers",
        "age = 'first_order' and dimension <> ''"
    )
}}
union all
{{
    kpi_rows(
        "break_even_cac", "cast(age_months as string) || '_months'", "values_of_customers", "cm2", "customers", "customers",
        "age_months > 0 and orders_with_cost > 0"
    )
}}
union all
{{
    kpi_rows(
        "break_even_roas", "''", "sold", "net_revenue_with_cost", "units",
        "case when cm2 > 0 and net_revenue_with_cost > 0 then cm2 end"
    )
}}
union all
{{ kpi_rows("break_even_units_date", "'units'", "launched", "break_even_units", "units") }}
union all
{{ kpi_rows("break_even_units_date", "'units_left'", "firm", "break_even_units_left", "units") }}
union all
{{
    kpi_rows(
        "break_even_units_date", "'revenue'", "launched",
        "cast(cast(cost_to_cover as decimal(18, 6)) * cast(net_revenue_with_cost as decimal(19, 6)) as decimal(28, 8))", "units",
        "case when cm2 > 0 and net_revenue_with_cost > 0 then cm2 end"
    )
}}
union all
{{
    kpi_rows(
        "break_even_units_date", "'margin_of_safety'", "launched",
        "net_revenue - break_even_revenue", "units",
        "case when break_even_revenue is not null and net_revenue > 0 then net_revenue end"
    )
}}
