{#- Spark reads the lake through one view per source table; DuckDB scans the files in place. -#}
{% macro register_lake() -%}
    {{ return(adapter.dispatch("register_lake", "duet")()) }}
{%- endmacro %}

{% macro default__register_lake() -%} select 1 {%- endmacro %}

{% macro spark__register_lake() -%}
    {% if execute %}
        {% for schema in graph.sources.values() | map(attribute="schema") | unique %}
            {% do run_query("create database if not exists " ~ schema) %}
        {% endfor %}
        {% for table in graph.sources.values() %}
            {% set files = env_var("DUET_LAKE") ~ "/" ~ table.source_name ~ "/" ~ table.name %}
            {% do run_query("create or replace view " ~ table.schema ~ "." ~ table.name ~ " as select * from parquet.`" ~ files ~ "`") %}
        {% endfor %}
    {% endif %}
    select 1
{%- endmacro %}
