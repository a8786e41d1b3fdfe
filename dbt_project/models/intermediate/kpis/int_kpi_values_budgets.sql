with

    budgets as (
        select
            grain,
            period,
            case when dimension = 'line' then 'budget_line' else '' end as dimension,
            member,
            planned_to_date,
            actual_to_date,
            forecast,
            lines
        from {{ ref("int_budget_periods") }}
    ),

    coverage as (
        select '' as dimension, '' as member, targets.*
        from {{ ref("int_pipeline_coverage") }} as targets
    ),

    deals as (select * from {{ ref("int_opportunity_counts") }} where dimension in ('', 'channel'))

    {{ kpi_rows("budget_pacing", "''", "budgets", "actual_to_date", "lines", "planned_to_date") }}
union all
{{ kpi_rows("forecast_eop", "''", "budgets", "forecast", "lines") }}
union all
{{ kpi_rows("open_pipeline", "'coverage'", "coverage", "open_amount_due", "open_deals_due", positive("remaining_target")) }}
union all
{{ kpi_rows("won", "'won_amount'", "deals", "won_amount", "won_deals") }}
