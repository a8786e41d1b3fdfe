{#- Joins facts to the periods that hold their day: monthly facts only to months and coarser. -#}
{% macro in_period(facts, day="day") -%}
    {{ facts }}.{{ day }} = periods.period_day
    and not ({{ facts }}.is_monthly and periods.grain in ('day', 'week'))
{%- endmacro %}

{#- The total and the cut by channel; a row without channel only exists to give the total of an empty period. -#}
{% macro total_and_channel(facts) -%}
    (
        select '' as dimension, '' as member, facts.*
        from {{ facts }} as facts
        union all
        select 'channel' as dimension, facts.channel as member, facts.*
        from {{ facts }} as facts
        where facts.channel is not null
    )
{%- endmacro %}

{#- One KPI of a relation as rows of kpi_values: a numerator over a denominator, 1 where the KPI is a plain sum. -#}
{% macro kpi_rows(kpi, variant, relation, numerator, n, denominator=none, where="1 = 1") -%}
    select
        '{{ kpi }}' as kpi,
        {{ variant }} as variant,
        grain,
        period,
        dimension,
        member,
        cast({{ numerator }} as decimal(28, 8)) as numerator,
        {% if denominator -%} cast({{ denominator }} as decimal(28, 8))
        {%- else -%} cast(case when {{ numerator }} is not null then 1 end as decimal(28, 8))
        {%- endif %} as denominator,
        cast({{ n }} as bigint) as n,
        -- Nothing in a period's own events has to ripen; only cohorts do.
        true as is_mature
    from {{ relation }}
    where {{ where }}
{%- endmacro %}

{#- Facts once for the total and once for each cut: dimension and member, then the columns named. -#}
{% macro total_and_cuts(facts, dimensions, columns) -%}
    (
        select '' as dimension, '' as member, {{ columns | join(", ") }}
        from {{ facts }}
        {%- for dimension in dimensions %}
            union all
            select '{{ dimension }}', {{ dimension }}, {{ columns | join(", ") }}
            from {{ facts }}
        {%- endfor %}
    )
{%- endmacro %}

{#- Columns of one relation in a list. -#}
{% macro prefixed(relation, columns) -%}
    {%- for column in columns %}
        {{ relation }}.{{ column }}{% if not loop.last %}, {% endif %}
    {% endfor -%}
{%- endmacro %}
