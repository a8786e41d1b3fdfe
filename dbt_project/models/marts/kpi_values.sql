{% set parts = ["funnel", "velocity", "handoff", "pipeline", "agreement", "alignment", "money"] %}
with

    kpis as (
        {% for part in parts %}
            select
                kpi, variant, grain, period, dimension, member, numerator, denominator, n, is_mature
            from {{ ref("int_kpi_values_" ~ part) }}
            {% if not loop.last %}
                union all
            {% endif %}
        {% endfor %}
    ),

    dictionary as (select * from {{ ref("kpi_dictionary") }}),
    variant_units as (select * from {{ ref("kpi_variant_units") }}),
    periods as (select distinct grain, period, is_complete from {{ ref("int_periods") }})

select
    -- keys
    kpis.kpi,
    kpis.variant,
    kpis.grain,
    kpis.period,
    kpis.dimension,
    kpis.member,

    -- measures
    {{ kpi_value("kpis") }} as value,
    cast(kpis.numerator as decimal(28, 8)) as numerator,
    cast(kpis.denominator as decimal(28, 8)) as denominator,
    kpis.n,

    -- how to read it
    replace(
        coalesce(variant_units.unit, dictionary.unit), 'currency', '{{ var("reporting_currency") }}'
    ) as unit,
    periods.is_complete,
    kpis.is_mature,
    dictionary.kpi_version,
    {{ as_of_date() }} as as_of
from kpis
left join dictionary on kpis.kpi = dictionary.id
left join variant_units on kpis.kpi = variant_units.kpi and kpis.variant = variant_units.variant
left join periods on kpis.grain = periods.grain and kpis.period is not distinct from periods.period
