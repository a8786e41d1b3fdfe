{% set lag = "lag_" ~ var("cac")["lag_periods"] %}
{% set loaded_variant = "'last_touch_" ~ var("cac")["shared_cost_driver"] ~ "'" %}
with

    cac as (select * from {{ ref("kpi_cac") }} where member <> '(shared)'),
    totals as (select * from cac where dimension = ''),
    months as (select * from totals where grain not in ('day', 'week')),
    channels as (select * from cac where dimension = 'channel'),
    constant as (select * from totals where media_spend_at_constant_rates is not null),
    lagged as (select * from months where grain <> 'all'),
    lagged_channels as (select * from channels where lag_months is not null)

    {{ kpi_rows("cac_blended_media", "''", "totals", "media_spend", "new_customers", "new_customers") }}
union all
{{
    kpi_rows(
        "cac_blended_media", "'constant_currency'", "constant", "media_spend_at_constant_rates", "new_customers",
        "new_customers"
    )
}}
union all
{{ kpi_rows("cac_paid", "'last_touch'", "totals", "paid_media_spend", "paid_new_customers", "paid_new_customers") }}
union all
{{ kpi_rows("cac_fully_loaded", "''", "months", "loaded_cost", "new_customers", "new_customers") }}
union all
{{
    kpi_rows(
        "cac_fully_loaded", "'constant_currency'", "constant", "loaded_cost_at_constant_rates", "new_customers",
        "new_customers", "loaded_cost_at_constant_rates is not null"
    )
}}
union all
{{ kpi_rows("cac_channel", "'last_touch'", "channels", "media_spend", "new_customers", "new_customers") }}
union all
{{
    kpi_rows(
        "cac_channel", loaded_variant, "channels", "full_cost", "new_customers", "new_customers",
        "grain not in ('day', 'week')"
    )
}}
union all
{% for variant, cost in [
    (lag, "lagged_loaded_cost"),
    (lag ~ "_media", "lagged_media_spend"),
    ("distributed", "distributed_loaded_cost"),
    ("distributed_media", "distributed_media_spend"),
] %}
    {{
        kpi_rows(
            "cac_lagged", "'" ~ variant ~ "'", "lagged", cost, "new_customers",
            "case when " ~ cost ~ " is not null then new_customers end"
        )
    }}
    union all
{% endfor %}
{{
    kpi_rows(
        "cac_payback", "''", "lagged", "cac_lagged", "new_customers",
        "case when cac_lagged is not null then " ~ positive("first_month_cm2_per_customer") ~ " end"
    )
}}
union all
{{
    kpi_rows(
        "cac_lagged", "'lag_' || cast(lag_months as string) || '_media'", "lagged_channels", "lagged_media_spend",
        "new_customers", "case when lagged_media_spend is not null then new_customers end"
    )
}}
union all
{{
    kpi_rows(
        "cac_payback", "'mrr'", "lagged", "lagged_loaded_cost", "new_customers",
        "case when lagged_loaded_cost is not null then " ~ positive("new_mrr_margin") ~ " end",
        "new_mrr is not null"
    )
}}
union all
{{ kpi_rows("won", "'new_customers'", "cac", "new_customers", "new_customers") }}
