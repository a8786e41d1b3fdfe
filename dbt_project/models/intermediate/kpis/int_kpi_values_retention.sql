with

    retention as (select * from {{ ref("kpi_retention") }}),
    totals as (select * from retention where dimension = ''),
    bridge as (select * from {{ ref("kpi_mrr_bridge") }}),
    simple as (select * from {{ ref("kpi_ltv_simple") }}),
    ltv as (select * from {{ ref("kpi_ltv") }} where age <> 'to_date'),

    sources as (
        {%- for name, customers, revenue in (
            ("referred", "referred_customers", "referred_revenue"),
            ("(unknown)", "unknown_source_customers", "unknown_source_revenue"),
            (
                "not_referred", "new_customers - referred_customers - unknown_source_customers",
                "new_customer_revenue - referred_revenue - unknown_source_revenue"
            ),
        ) %}
            select
                grain,
                period,
                'referral' as dimension,
                '{{ name }}' as member,
                {{ customers }} as customers,
                {{ revenue }} as revenue,
                new_customers,
                new_customer_revenue
            from totals
            {% if not loop.last %}
                union all
            {% endif %}
        {%- endfor %}
    )

select
    'repeat_rate' as kpi,
    '' as variant,
    grain,
    period,
    dimension,
    member,
    cast(repeat_buyers as decimal(28, 8)) as numerator,
    cast(case when is_mature then mature_buyers end as decimal(28, 8)) as denominator,
    buyers as n,
    is_mature
from retention
union all
{{ kpi_rows("rebooking_interval", "''", "totals", "rebooking_interval_days", "rebooking_intervals") }}
union all
{{ kpi_rows("active_customers", "'orders'", "totals", "active_end", "active_end") }}
union all
{{ kpi_rows("active_customers", "'subscriptions'", "bridge", "end_customers", "end_customers") }}
union all
{{ kpi_rows("customer_churn", "'lapsed'", "totals", "lapsed", "active_start", "active_start") }}
union all
{{
    kpi_rows(
        "customer_churn", "'lapsed_12m'", "totals", "lapsed_12m", "active_start_12m", "active_start_12m",
        "grain = 'month'"
    )
}}
union all
{{ kpi_rows("customer_churn", "'subscriptions'", "bridge", "lost_customers", "start_customers", "start_customers") }}
union all
{{
    kpi_rows(
        "customer_churn", "'subscriptions_12m'", "bridge", "lost_customers_12m", "coalesce(start_customers_12m, 0)",
        "start_customers_12m", "grain = 'month'"
    )
}}
{%- for rate, retained in (("nrr", "retained_mrr"), ("grr", "gross_retained_mrr")) %}
    union all
    {{ kpi_rows("nrr_grr", "'" ~ rate ~ "'", "bridge", retained, "start_customers", "start_mrr") }}
    union all
    {{
    kpi_rows(
        "nrr_grr", "'" ~ rate ~ "_12m'", "bridge", retained ~ "_12m", "coalesce(start_customers_12m, 0)",
        "start_mrr_12m", "grain = 'month'"
    )
}}
{%- endfor %}
union all
{{
    kpi_rows(
        "earned_growth", "''", "bridge", "retained_mrr + earned_new_mrr - start_mrr", "start_customers",
        "start_mrr"
    )
}}
union all
{{
    kpi_rows(
        "earned_growth", "'12m'", "bridge", "retained_mrr_12m + earned_new_mrr_12m - start_mrr_12m",
        "coalesce(start_customers_12m, 0)", "start_mrr_12m", "grain = 'month'"
    )
}}
union all
{{ kpi_rows("referral_share", "'count'", "totals", "referred_customers", "new_customers", "new_customers") }}
union all
{{ kpi_rows("referral_share", "'count'", "sources", "customers", "customers", "new_customers") }}
union all
{{
    kpi_rows(
        "referral_share", "'revenue'", "totals", "referred_revenue", "new_customers", positive("new_customer_revenue")
    )
}}
union all
{{ kpi_rows("referral_share", "'revenue'", "sources", "revenue", "customers", positive("new_customer_revenue")) }}
union all
{{ kpi_rows("ltv_simple", "basis", "simple", "margin_per_customer", "customers", "counted_churn") }}
{%- for kpi, denominator, where in (("ltv_cohort", "cohort_size", "true"), ("ltv_to_cac", "loaded_cost", "dimension = ''")) %}
    union all
    select
        '{{ kpi }}',
        age,
        grain,
        period,
        dimension,
        member,
        cast(cm2 as decimal(28, 8)),
        cast(case when ltv is not null then {{ denominator }} end as decimal(28, 8)),
        cohort_size,
        is_mature
    from ltv
    where {{ where }}
{%- endfor %}
