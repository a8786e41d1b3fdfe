{#- First moment after as_of, in UTC. -#}
{% macro as_of_end() -%}
    {{ local_midnight("cast(" ~ as_of_date() ~ " + 1 as date)") }}
{%- endmacro %}

{#- Value of a KPI row: its numerator over its denominator; a plain sum or quantile as it is. -#}
{% macro kpi_value(row) -%}
    case
        when {{ row }}.denominator = 1
        then cast({{ row }}.numerator as decimal(28, 8))
        else {{ ratio(row ~ ".numerator", row ~ ".denominator") }}
    end
{%- endmacro %}

{#- A field of a pair as text on both sides, and whether they agree; a row per pair of the objects that have the field. -#}
{% macro compared_field(field, objects, marketing_value, sales_value, agrees, where="true") -%}
    select
        object,
        marketing_record_id,
        '{{ field }}' as field,
        {{ marketing_value }} as marketing_value,
        {{ sales_value }} as sales_value,
        {{ agrees }} as agrees
    from pairs
    where object in ({{ quoted(objects) }}) and {{ where }}
{%- endmacro %}

{#- Whether two optional values are both missing, or both there and close enough. -#}
{% macro both_or_neither(marketing, sales, close_enough) -%}
    coalesce({{ close_enough }}, {{ marketing }} is null and {{ sales }} is null)
{%- endmacro %}

{#- Records of one bucket as a column. -#}
{% macro bucket_count(bucket) -%}
    cast(sum(case when bucket = '{{ bucket }}' then records else 0 end) as bigint)
{%- endmacro %}

{#- Pairs whose row of a field agrees, over the pairs that were compared in it. -#}
{% macro field_agreement_rate(field) -%}
    {{ ratio(
        "sum(case when field = '" ~ field ~ "' and is_settled and agrees then 1 else 0 end)",
        "sum(case when field = '" ~ field ~ "' and is_settled then 1 else 0 end)"
    ) }}
{%- endmacro %}

{#- Amount of one part of the gap as a column. -#}
{% macro gap_part(part) -%}
    cast(sum(case when parts.part = '{{ part }}' then parts.amount else 0 end) as decimal(20, 6))
{%- endmacro %}
