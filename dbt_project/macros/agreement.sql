{#- Value of a KPI row: its numerator over its denominator; a plain sum or quantile as it is. -#}
{% macro kpi_value(row) -%}
    case
        when {{ row }}.denominator = 1
        then cast({{ row }}.numerator as decimal(28, 8))
        else {{ ratio(row ~ ".numerator", row ~ ".denominator") }}
    end
{%- endmacro %}

{#- The fields that two CRMs are compared in. -#}
{% macro agreement_fields() -%}
    {{ return(["stage", "amount", "close_date", "owner", "source"]) }}
{%- endmacro %}

{#- Whether two optional values are both missing, or both there and close enough. -#}
{% macro both_or_neither(marketing, sales, close_enough) -%}
    coalesce({{ close_enough }}, {{ marketing }} is null and {{ sales }} is null)
{%- endmacro %}

{#- Records of one bucket as a column. -#}
{% macro bucket_count(bucket) -%}
    cast(sum(case when bucket = '{{ bucket }}' then records else 0 end) as bigint)
{%- endmacro %}

{#- Pairs that agree in a field over those that were compared in it. -#}
{% macro field_agreement_rate(field) -%}
    {{ ratio(
        "sum(case when field = '" ~ field ~ "' then agreeing_pairs else 0 end)",
        "sum(case when field = '" ~ field ~ "' then compared_pairs else 0 end)"
    ) }}
{%- endmacro %}

{#- Amount of one part of the gap as a column. -#}
{% macro gap_part(part) -%}
    cast(sum(case when parts.part = '{{ part }}' then parts.amount else 0 end) as decimal(20, 6))
{%- endmacro %}
