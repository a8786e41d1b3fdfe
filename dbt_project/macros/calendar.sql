{#- The last day whose events count, as a date. -#}
{% macro as_of_date() -%} cast('{{ var("as_of") }}' as date) {%- endmacro %}

{#- The instant at which as_of is over in the reporting timezone, in UTC. -#}
{% macro as_of_end() -%}
    {{ local_midnight("cast(" ~ as_of_date() ~ " + 1 as date)") }}
{%- endmacro %}

{#- First day of the week that holds a day, by the configured first weekday. -#}
{% macro week_start(day) -%}
    {%- if var("week_start") == "sunday" -%}
        cast({{ period_start("week", "cast(" ~ day ~ " + 1 as date)") }} - 1 as date)
    {%- else -%} {{ period_start("week", day) }}
    {%- endif -%}
{%- endmacro %}

{#- First day of the fiscal year or quarter that holds a day. -#}
{% macro fiscal_start(grain, day) -%}
    {%- set shift = var("fiscal_year_start_month") - 1 -%}
    {%- set shifted = months_later(period_start("month", day), 0 - shift) -%}
    {{ months_later(period_start(grain, shifted), shift) }}
{%- endmacro %}

{#- Whole months from one first day of a month to a later one. -#}
{% macro months_between_starts(first_day, last_day) -%}
    (
        (extract(year from {{ last_day }}) - extract(year from {{ first_day }})) * 12
        + (extract(month from {{ last_day }}) - extract(month from {{ first_day }}))
    )
{%- endmacro %}
