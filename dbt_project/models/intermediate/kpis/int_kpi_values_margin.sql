with

    -- Segments and campaigns are for decisions: order basis is enough.
    margins as (
        select *
        from {{ ref("kpi_contribution_margin") }}
        where dimension in ('', 'channel') or basis = 'order_basis'
    ),
    -- Shared costs sell nothing; they only lower CM3.
    sellers as (select * from margins where member <> '(shared)'),
    spenders as (select * from margins where dimension <> 'segment'),
    decisions as (select * from sellers where basis = 'order_basis' and cm2 is not null),
    jobs as (select * from sellers where basis = 'order_basis' and dimension in ('', 'channel'))

    {{ kpi_rows("net_revenue", "basis", "sellers", "net_revenue", "orders") }}
union all
{{ kpi_rows("cm1", "basis", "sellers", "cm1", "orders - orders_missing_cost") }}
union all
{{ kpi_rows("cm2", "basis", "sellers", "cm2", "orders - orders_missing_cost") }}
union all
{{ kpi_rows("cm3", "basis", "spenders", "cm3", "orders - orders_missing_cost") }}
union all
{{
    kpi_rows(
        "cm_per_customer", "'cm2_per_order'", "decisions", "cm2", "orders_with_cost", "orders_with_cost",
        "grain not in ('day', 'week')"
    )
}}
union all
{{
    kpi_rows(
        "cm_per_customer", "'cm2_per_customer'", "decisions", "cm2", "customers_with_cost", "customers_with_cost",
        "grain in ('month', 'all')"
    )
}}
union all
{{
    kpi_rows(
        "cm_per_customer", "'cm2_per_hour'", "decisions", "cm2_with_hours", "orders_with_cost", "hours",
        "dimension = '' and grain not in ('day', 'week') and hours > 0"
    )
}}
union all
{{ kpi_rows("orders", "''", "jobs", "orders", "orders", where="grain not in ('day', 'week') or dimension = ''") }}
union all
{{
    kpi_rows(
        "repeat_share", "''", "jobs", "paying_orders - first_orders", "paying_orders", "paying_orders",
        "grain not in ('day', 'week')"
    )
}}
