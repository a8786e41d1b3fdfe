{#-
    How DuckDB stores tables and views. dbt-duckdb's own ways build a second relation, rename the old one away and the new one in, and drop what is left, because others may read meanwhile.
    Nobody reads the working database while it is built, and DuckDB takes back a drop with its transaction: the old one goes and the new one comes in one, at half the time for each model.
-#}
{% materialization table, adapter="duckdb" %}
    {{ return(replace_relation(this.incorporate(type="table"), create_table_as(False, this, compiled_code))) }}
{% endmaterialization %}

{% materialization view, adapter="duckdb" %}
    {{ return(replace_relation(this.incorporate(type="view"), create_view_as(this, compiled_code))) }}
{% endmaterialization %}

{% macro replace_relation(relation, create) %}
    {% set old = load_cached_relation(relation) %}
    {% do run_hooks(pre_hooks) %}
    {% if old is not none %}
        {% call statement("drop_old") %} drop {{ old.type }} {{ old }}
        {% endcall %}
        {% do adapter.cache_dropped(old) %}
    {% endif %}
    {% call statement("main") %} {{ create }} {% endcall %}
    {% do run_hooks(post_hooks) %}
    {% do adapter.commit() %}
    {{ return({"relations": [relation]}) }}
{% endmacro %}
