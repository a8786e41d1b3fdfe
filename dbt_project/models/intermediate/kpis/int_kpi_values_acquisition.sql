with

    steps as (select * from {{ ref("kpi_cost_per_stage") }} where grain <> 'day'),

    staged as (
        {% for stage, entries in [("mql", "mqls"), ("sql", "sqls"), ("opportunity", "opportunities")] %}
            select
                grain,
                period,
                case when dimension = '' then 'stage' else 'stage+' || dimension end as dimension,
                case
                    when dimension = '' then '{{ stage }}' else '{{ stage }}+' || member
                end as member,
                dimension = '' and grain <> 'week' as has_loaded_cost,
                media_spend,
                loaded_cost,
                {{ entries }} as entries
            from steps
            where dimension = '' or grain <> 'week'
            {% if not loop.last %}
                union all
            {% endif %}
        {% endfor %}
    ),

    cohorts as (
        select
            'month' as grain,
            lead_month as period,
            '' as dimension,
            '' as member,
            media_spend,
            loaded_cost,
            customers_to_date,
            is_mature
        from {{ ref("kpi_cac_cohort") }}
        where lead_month is not null and won_month = {{ period_start("month", as_of_date()) }}
    ),

    mix as (
        select
            grain,
            period,
            'purpose' as dimension,
            purpose as member,
            amount,
            {{ positive("total_amount") }} as total_amount,
            cost_rows
        from {{ ref("kpi_spend_mix") }}
    )

    {{ kpi_rows("cpl", "''", "steps", "media_spend", "leads", "leads") }}
union all
{{ kpi_rows("cost_per_stage", "'media'", "staged", "media_spend", "entries", "entries") }}
union all
{{
    kpi_rows(
        "cost_per_stage", "'loaded'", "staged", "loaded_cost", "entries", "entries", "has_loaded_cost"
    )
}}
union all
{{
    kpi_rows(
        "cost_per_stage", "'pipe_to_spend'", "steps", "pipeline_created", "opportunities", positive("media_spend")
    )
}}
union all
{% for variant, cost in [("", "loaded_cost"), ("media", "media_spend")] %}
    select
        'cac_cohort',
        '{{ variant }}',
        grain,
        period,
        dimension,
        member,
        cast({{ cost }} as decimal(28, 8)),
        cast(case when {{ cost }} is not null then customers_to_date end as decimal(28, 8)),
        customers_to_date,
        is_mature
    from cohorts
    union all
{% endfor %}
{{ kpi_rows("spend_mix_purpose", "''", "mix", "amount", "cost_rows", "total_amount") }}
