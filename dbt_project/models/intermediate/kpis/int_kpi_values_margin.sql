with

    margins as (select * from {{ ref("kpi_contribution_margin") }}),
    -- Shared costs sell nothing; they only lower CM3.
    sellers as (select * from margins where member <> '(shared)')

    {{ kpi_rows("net_revenue", "basis", "sellers", "net_revenue", "orders") }}
union all
{{ kpi_rows("cm1", "basis", "sellers", "cm1", "orders - orders_missing_cost") }}
union all
{{ kpi_rows("cm2", "basis", "sellers", "cm2", "orders - orders_missing_cost") }}
union all
{{ kpi_rows("cm3", "basis", "margins", "cm3", "orders - orders_missing_cost") }}
