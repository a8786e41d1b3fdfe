with

    cac as (select * from {{ ref("kpi_cac") }})

    {{ kpi_rows("cac_blended_media", "''", "cac", "media_spend", "new_customers", "new_customers", "dimension = ''") }}
union all
{{ kpi_rows("cac_paid", "'last_touch'", "cac", "paid_media_spend", "paid_new_customers", "paid_new_customers", "dimension = ''") }}
union all
{{
    kpi_rows(
        "cac_fully_loaded", "''", "cac", "loaded_cost", "new_customers", "new_customers",
        "dimension = '' and grain not in ('day', 'week')"
    )
}}
union all
{{
    kpi_rows(
        "cac_channel", "'last_touch'", "cac", "media_spend", "new_customers", "new_customers",
        "dimension = 'channel' and member <> '(shared)'"
    )
}}
union all
{{ kpi_rows("won", "'new_customers'", "cac", "new_customers", "new_customers", where="member <> '(shared)'") }}
