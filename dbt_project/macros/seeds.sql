{#- Rows of a seed on Spark, as literals: dbt-spark binds an empty cell as the word None and a decimal as a float. -#}
{% macro spark__load_csv_rows(model, agate_table) -%}
    {%- set types = model["config"].get("column_types", {}) -%}
    {%- set sql -%}
        insert into {{ this.render() }} values
        {% for row in agate_table.rows -%}
            (
            {%- for column in agate_table.column_names -%}
                {%- set type = types.get(column, adapter.convert_type(agate_table, loop.index0)) -%}
                cast({{ spark_literal(row[column]) }} as {{ type }}){% if not loop.last %}, {% endif %}
            {%- endfor -%}
            ){% if not loop.last %},
            {% endif %}
        {%- endfor %}
    {%- endset -%}
    {%- do adapter.add_query(sql, abridge_sql_log=True) -%}
    {{ return(sql) }}
{%- endmacro %}

{#- A cell as Spark reads it. -#}
{% macro spark_literal(value) -%}
    {%- set backslash, quote = "\\", "'" -%}
    {%- if value is none -%} null
    {%- else -%}
        {%- set text = value | string | replace(backslash, backslash * 2) -%}
        {{ quote ~ text | replace(quote, backslash ~ quote) ~ quote }}
    {%- endif -%}
{%- endmacro %}
