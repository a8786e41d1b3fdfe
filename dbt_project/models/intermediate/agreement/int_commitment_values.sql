{%- set parts = ["funnel", "handoff", "agreement"] -%}
with

    -- The parts of kpi_values that a commitment may be judged by; kpi_values itself holds what is
    -- judged here.
    kpis as (
        {%- for part in parts %}
            select kpi, variant, grain, period, dimension, member, numerator, denominator, is_mature
            from {{ ref("int_kpi_values_" ~ part) }}
            {%- if not loop.last %}
                union all
            {%- endif %}
        {%- endfor %}
    )

select rules.commitment, kpis.period as month, {{ kpi_value("kpis") }} as value, kpis.is_mature
from kpis
inner join
    {{ ref("commitment_rules") }} as rules
    on kpis.kpi = rules.kpi
    and kpis.variant = coalesce(rules.variant, '')
    and kpis.dimension = coalesce(rules.dimension, '')
    and kpis.member = coalesce(rules.member, '')
where kpis.grain = 'month'
